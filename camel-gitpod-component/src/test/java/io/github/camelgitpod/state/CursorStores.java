package io.github.camelgitpod.state;

import java.time.InstantSource;
import org.apache.camel.spi.StateRepository;

/** Lets tests of other packages have a {@link CursorStore} that makes parts of a few ids. */
public final class CursorStores {
    private CursorStores() {}

    /** If the number is odd, its parts are as small as it says: of 1 to 5 ids, and at most four times as many. */
    public static CursorStore withSmallParts(StateRepository<String, String> repository, String key, long number) {
        if (number % 2 == 0) {
            return new CursorStore(repository, key, InstantSource.system());
        }
        int fewest = 1 + (int) Math.floorMod(number, 5L);
        int most = fewest * (1 + (int) Math.floorMod(number / 5, 4L));
        return new CursorStore(repository, key, InstantSource.system(), fewest, most);
    }
}
