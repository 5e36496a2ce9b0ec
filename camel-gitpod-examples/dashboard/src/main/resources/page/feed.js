// The stream from the page's server. It says when it is lost, and comes back to where it was.

const SILENCE = 5000;

/**
 * Listens. The server says each second how things are, so silence is a loss, too.
 * @param {{begin: Function, entry: Function, event: Function, status: Function, lost: Function}} on
 */
export function listen(on) {
  let source;
  let last = '';
  let heard = performance.now();
  let lost = false;

  function live() {
    heard = performance.now();
    lost = false;
  }

  function gone() {
    if (!lost) {
      lost = true;
      on.lost(Date.now() - (performance.now() - heard));
    }
  }

  function open() {
    source = new EventSource(last ? `feed?last=${encodeURIComponent(last)}` : 'feed');
    source.addEventListener('begin', (message) => {
      live();
      on.begin(JSON.parse(message.data).again);
    });
    for (const type of ['entry', 'event', 'status']) {
      source.addEventListener(type, (message) => {
        live();
        last = message.lastEventId || last;
        on[type](message.data);
      });
    }
    source.addEventListener('error', gone);
  }

  open();
  setInterval(() => {
    if (performance.now() - heard > SILENCE || source.readyState === EventSource.CLOSED) {
      gone();
      source.close();
      open();
      heard = performance.now();
    }
  }, 1000);
}
