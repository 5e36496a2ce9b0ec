import { Chart } from './chart.js';
import { listen } from './feed.js';
import { Log } from './log.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { count, el, many, span, time } from './words.js';

const BUDGET = 8;
const DRAW = 200;
const CHART = 900;
const INSTANT = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z/g;
const DUPLICATES = /, \d+ duplicates? dropped/;

const by = (id) => document.getElementById(id);
const store = new Store();
const stream = new Stream(store.names);
const log = new Log(store);
const chart = new Chart(store, stream);
const queue = [];
let status;
let lostAt;

// Messages are taken in short pieces, and drawn a few times a second, so that the page never stands still.
let working = false;
function work() {
  const end = performance.now() + BUDGET;
  let next = 0;
  while (next < queue.length && performance.now() < end) {
    try {
      queue[next++]();
    } catch (failure) {
      // One odd message must not stop those after it.
      console.error(failure);
    }
  }
  queue.splice(0, next);
  working = queue.length > 0;
  if (working) {
    setTimeout(work);
  }
  draw();
}

function later(task) {
  queue.push(task);
  if (!working) {
    working = true;
    setTimeout(work);
  }
}

let drawing = false;
let charted = 0;
function draw() {
  if (!drawing) {
    drawing = true;
    setTimeout(() => requestAnimationFrame(() => {
      drawing = false;
      // Where things are is asked before anything is moved: so the browser lays the page out once a frame.
      const logIsRead = log.isRead();
      const streamIsRead = stream.isRead();
      log.show(logIsRead);
      stream.show(streamIsRead);
      say();
      if (status && performance.now() - charted > CHART) {
        charted = performance.now();
        requestAnimationFrame(() => chart.show(status));
      }
    }), DRAW);
  }
}

listen({
  begin: (again) => later(() => {
    lostAt = undefined;
    if (!again) {
      store.clear();
      stream.clear();
    }
  }),
  entry: (data) => later(() => store.add(data)),
  event: (data) => later(() => stream.add(data)),
  status: (data) => later(() => {
    status = JSON.parse(data);
    lostAt = undefined;
  }),
  lost: (since) => later(() => {
    lostAt = since;
  }),
});

// While nothing comes, the time since then still passes.
setInterval(() => lostAt && draw(), 1000);
by('coverage').addEventListener('toggle', draw);
addEventListener('scroll', draw, { passive: true });

function set(id, text) {
  if (by(id).textContent !== text) {
    by(id).textContent = text;
  }
}

/** How it is, in one sentence and five figures. The sentence changes only when there is something to say. */
function say() {
  const [how, sentence, more] = state();
  by('live').dataset.how = how;
  set('live', sentence);
  by('lost').hidden = !more;
  by('lost').className = how === 'warn' ? 'lost warn' : 'lost';
  set('lost', more ?? '');
  document.title = how === 'live' ? `${status.name}: audit log, live` : `${sentence}: audit log`;
  if (!status) {
    return;
  }
  const lag = behind(status);
  set('server', status.name);
  set('entries', count(status.entries));
  set('lag', lag === undefined ? '–' : span(lag));
  set('late', count(status.late));
  set('events', count(status.events));
  set('gaps', count(status.gaps));
  const missed = stream.gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  set('gapsaid', `${status.gaps === 1 ? 'gap' : 'gaps'} in the events${missed ? `, ${span(missed)}` : ''}`);
  by('stream').className = status.stream.up ? 'pill' : 'pill bad';
  set('stream', lostAt ? 'not known' : status.stream.up ? 'connected' : (status.stream.state ?? 'not connected').toLowerCase());
  complete();
}

/** How old the news is: after a read that found all that is visible, as old as that read; else as far as it has come. */
function behind({ now, auditLog }) {
  const upTo = auditLog.state === 'CURRENT' ? auditLog.lastSuccessAt : auditLog.watermark;
  return upTo ? Date.parse(now) - Date.parse(upTo) : undefined;
}

function state() {
  if (lostAt) {
    return ['bad', `no longer live since ${time(lostAt)}`,
      `No longer live since ${time(lostAt)}, ${span(Date.now() - lostAt)} ago: the page's own server does not answer. It is tried again each second. What is below is from before.`];
  }
  if (!status) {
    return ['wait', 'connecting'];
  }
  const { auditLog, stream: events } = status;
  if (!auditLog.up && auditLog.state !== 'STARTING') {
    return ['bad', `the audit log is not read: ${auditLog.state.toLowerCase()}`, said('The audit log is not read', auditLog)];
  }
  if (!events.up && events.state !== 'STARTING') {
    return ['warn', `live, but without events: ${events.state.toLowerCase()}`, said('Events are not received', events)];
  }
  if (auditLog.state === 'CATCHING_UP') {
    return ['live', status.left > 0 ? 'reading what was before' : 'live, reading'];
  }
  return auditLog.state === 'CURRENT' ? ['live', 'live'] : ['wait', (auditLog.state ?? 'starting').toLowerCase()];
}

function said(what, health) {
  const since = health.since ? ` since ${time(Date.parse(health.since))}` : '';
  return `${what}${since}. ${health.message ?? health.lastError ?? ''}`.trim();
}

/** Is it complete: the component's own sentence, which could be signed, and on demand what it rests on. */
function complete() {
  const [sentence, ...grounds] = status.coverage.split('\n');
  by('coverage').hidden = grounds.length === 0;
  // Each read begins a little before the end of the last one, so the number of duplicates would never stand still.
  const shown = sentence.replace(INSTANT, '$1 $2 UTC').replace(DUPLICATES, '').replace(/^complete/, '');
  if (by('complete').lastChild?.textContent !== shown) {
    by('complete').replaceChildren(el('strong', {}, 'Complete'), shown);
  }
  if (by('coverage').open) {
    set('grounds', `${[sentence, ...grounds].join('.\n')}.`);
  }
}
