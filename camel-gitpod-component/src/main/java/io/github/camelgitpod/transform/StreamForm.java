package io.github.camelgitpod.transform;

import io.github.camelgitpod.model.GapBody;
import io.github.camelgitpod.model.GitpodEvent;

/** A form that is also for what comes from the event stream. */
interface StreamForm extends Form {

    @Override
    default boolean takes(Object body) {
        return Form.super.takes(body) || body instanceof GitpodEvent || body instanceof GapBody;
    }

    @Override
    default String taken() {
        return "an audit-log entry, an event, a gap, or a list or listing of such";
    }
}
