import { count, date, el, many, minute, span, time } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';
const MINUTE = 60_000;
const SPANS = {
  minutes: { width: MINUTE / 6, bars: 60, spacing: 12 },
  hour: { width: MINUTE, bars: 60, spacing: 10 },
  day: { width: 30 * MINUTE, bars: 48, spacing: 8 },
};
const COLOURS = 4;
const LEFT = 34;
const AXIS = 18;
const LANE = 22;
const OTHER = 'other';
const BY = {
  subject: (entry) => entry.type || 'no subject',
  actor: (entry) => entry.actor || 'nobody',
  kind: (entry) => entry.kind,
};

/** Bars of entries, and beneath them the events with their gaps. What it shows is also said in words, and as a table. */
export class Chart {
  #store;
  #stream;
  #box = document.getElementById('chart');
  #svg = svg('svg', {});
  #by = 'subject';
  #span = SPANS.hour;
  /** Names keep their colour while they are among the most frequent. */
  #names = Array(COLOURS).fill(null);
  #status;

  constructor(store, stream) {
    this.#store = store;
    this.#stream = stream;
    this.#box.append(this.#svg);
    for (const input of document.querySelectorAll('input[name=by], input[name=span]')) {
      input.checked = input.defaultChecked;
      input.addEventListener('change', () => {
        if (input.name === 'by') {
          this.#by = input.value;
          this.#names.fill(null);
        } else {
          this.#span = SPANS[input.value];
        }
        this.show(this.#status);
      });
    }
    document.getElementById('table').addEventListener('toggle', () => this.show(this.#status));
    new ResizeObserver(() => this.show(this.#status)).observe(this.#box);
  }

  show(status) {
    this.#status = status;
    if (!status) {
      return;
    }
    const now = Date.parse(status.now);
    const { width, bars } = this.#span;
    const end = Math.floor(now / width) * width + width;
    const begin = end - bars * width;
    const buckets = Array.from({ length: bars }, () => new Map());
    const totals = new Map();
    const entries = this.#store.entries;
    for (let i = entries.length - 1; i >= 0 && entries[i].at >= begin; i--) {
      const name = BY[this.#by](entries[i]);
      const bucket = buckets[Math.min(bars - 1, Math.floor((entries[i].at - begin) / width))];
      bucket.set(name, (bucket.get(name) ?? 0) + 1);
      totals.set(name, (totals.get(name) ?? 0) + 1);
    }
    this.#colour(totals);
    const stacks = buckets.map((bucket) => this.#stack(bucket));
    const events = Array(bars).fill(0);
    for (let i = this.#stream.times.length - 1; i >= 0 && this.#stream.times[i] >= begin; i--) {
      events[Math.min(bars - 1, Math.floor((this.#stream.times[i] - begin) / width))]++;
    }
    this.#draw({ begin, end, now, stacks, events, status });
    this.#legend(this.#stack(totals));
    this.#say(totals, begin);
    this.#table(stacks, events, begin);
  }

  #colour(totals) {
    const top = [...totals].sort((a, b) => b[1] - a[1]).slice(0, COLOURS).map(([name]) => name);
    this.#names = this.#names.map((name) => (top.includes(name) ? name : null));
    for (const name of top.filter((one) => !this.#names.includes(one))) {
      this.#names[this.#names.indexOf(null)] = name;
    }
  }

  #stack(bucket) {
    const stack = this.#names.map((name) => bucket.get(name) ?? 0);
    const all = [...bucket.values()].reduce((sum, value) => sum + value, 0);
    return [...stack, all - stack.reduce((sum, value) => sum + value, 0)];
  }

  #draw({ begin, end, now, stacks, events, status }) {
    const { clientWidth: w, clientHeight: h } = this.#box;
    if (w === 0) {
      return;
    }
    const { width, bars, spacing } = this.#span;
    const floor = h - AXIS - LANE;
    const highest = Math.max(4, ...stacks.map((stack) => stack.reduce((sum, value) => sum + value, 0)));
    const step = niceStep(highest / 3);
    const top = Math.ceil(highest / step) * step;
    const x = (at) => LEFT + ((at - begin) / (end - begin)) * (w - LEFT);
    const y = (value) => 8 + (floor - 8) * (1 - value / top);
    const bar = (w - LEFT) / bars;
    const air = Math.min(3, bar / 4);
    const drawn = [];
    for (let value = 0; value <= top; value += step) {
      drawn.push(svg('path', { class: 'grid', d: `M${LEFT} ${Math.round(y(value)) + 0.5}H${w}` }), label(LEFT - 8, y(value) + 4, count(value), 'end'));
    }
    const paths = Array(COLOURS + 1).fill('');
    stacks.forEach((stack, i) => {
      let sum = 0;
      stack.forEach((value, k) => {
        if (value > 0) {
          const height = Math.max(0.5, y(sum) - y(sum + value) - 0.75);
          paths[k] += `M${(LEFT + i * bar + air / 2).toFixed(1)} ${y(sum).toFixed(1)}h${(bar - air).toFixed(1)}v${(-height).toFixed(1)}h${(air - bar).toFixed(1)}z`;
          sum += value;
        }
      });
    });
    paths.forEach((d, k) => drawn.push(svg('path', { class: `s${k}`, d })));

    // What could not be read yet is no silence.
    const watermark = Date.parse(status.auditLog.watermark ?? status.from);
    if (!status.auditLog.up && now - watermark > 2 * 1000) {
      drawn.push(...hatched('missing', Math.max(LEFT, x(watermark)), 8, x(now), floor, 'not read yet'));
    }

    const lane = floor + 6;
    const deep = LANE - 8;
    const most = Math.max(1, ...events);
    let d = '';
    events.forEach((value, i) => {
      if (value > 0) {
        const height = Math.max(2, deep * Math.sqrt(value / most));
        d += `M${(LEFT + i * bar + air / 2).toFixed(1)} ${lane + deep}h${(bar - air).toFixed(1)}v${(-height).toFixed(1)}h${(air - bar).toFixed(1)}z`;
      }
    });
    const watched = Date.parse(status.start);
    if (watched > begin) {
      drawn.push(...hatched('blank', LEFT, lane, x(Math.min(watched, now)), lane + deep, 'nobody listened yet'));
    }
    drawn.push(label(LEFT - 8, lane + deep - 2, 'events', 'end'), svg('path', { class: 'event', d }));
    for (const gap of this.#stream.gaps.filter((one) => one.to > begin)) {
      const left = Math.max(LEFT, x(gap.from));
      drawn.push(...hatched('gap', left, lane, Math.max(left + 5, x(gap.to)), lane + deep, `${time(gap.from)} to ${time(gap.to)}: ${gap.text.textContent}`));
    }
    const every = w < 500 ? spacing * 2 : spacing;
    for (let i = 0; i < bars; i += every) {
      drawn.push(label(Math.max(LEFT + 14, LEFT + i * bar), h - 4, minute(begin + i * width), 'middle'));
    }
    drawn.push(...stacks.map((stack, i) => {
      const shown = svg('rect', { x: LEFT + i * bar, y: 0, width: bar, height: floor, fill: 'transparent' });
      const title = svg('title', {});
      title.textContent = `${minute(begin + i * width)}: ${many(stack.reduce((sum, value) => sum + value, 0), 'entry', 'entries')}`
        + stack.map((value, k) => (value > 0 ? `\n${this.#name(k)} ${count(value)}` : '')).join('');
      shown.append(title);
      return shown;
    }));
    this.#svg.setAttribute('viewBox', `0 0 ${w} ${h}`);
    this.#svg.replaceChildren(stripes(), ...drawn);
  }

  #name(k) {
    return this.#names[k] ?? OTHER;
  }

  #legend(totals) {
    const items = totals.map((value, k) => [k, value]).filter(([, value]) => value > 0)
      .map(([k]) => el('li', { title: this.#name(k) }, el('i', { class: `s${k}` }), el('span', {}, el('bdi', {}, this.#name(k)))));
    document.getElementById('legend').replaceChildren(...items);
  }

  #say(totals, begin) {
    const all = [...totals.values()].reduce((sum, value) => sum + value, 0);
    const gaps = this.#stream.gaps.filter((gap) => gap.to > begin);
    const missed = gaps.length === 0 ? '' : `; ${many(gaps.length, 'gap')} in the events, ${span(gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0))}`;
    const oldest = this.#store.entries[0]?.at ?? begin;
    const kept = this.#store.full && oldest > begin ? `; older entries than of ${minute(oldest)} are not kept` : '';
    document.getElementById('chart-text').textContent = `${many(all, 'entry', 'entries')} since ${minute(begin)}${missed}${kept}.`;
  }

  #table(stacks, events, begin) {
    const details = document.getElementById('table');
    if (!details.open) {
      return;
    }
    const heads = ['from', ...this.#names.filter(Boolean), OTHER, 'events'];
    const rows = stacks.map((stack, i) => ({ stack, i })).reverse().map(({ stack, i }) => {
      const from = begin + i * this.#span.width;
      const values = [...this.#names.map((name, k) => (name ? stack[k] : null)).filter((value) => value !== null), stack[COLOURS], events[i]];
      return el('tr', {}, el('th', { scope: 'row' }, minute(from)), ...values.map((value) => el('td', {}, count(value))));
    });
    details.querySelector('.scroll').replaceChildren(el('table', {},
      el('caption', { class: 'unseen' }, `Entries by ${this.#by}, ${date(begin)} ${minute(begin)} to now`),
      el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))), el('tbody', {}, ...rows)));
  }
}

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

function label(x, y, text, anchor) {
  const made = svg('text', { x, y, 'text-anchor': anchor });
  made.textContent = text;
  return made;
}

function stripes() {
  const pattern = svg('pattern', { id: 'stripes', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' });
  pattern.append(svg('path', { class: 'stripe', d: 'M0 0V6' }));
  const defs = svg('defs', {});
  defs.append(pattern);
  return defs;
}

function hatched(how, left, top, right, bottom, said) {
  const group = svg('g', { class: `time ${how}`, 'data-gap': how });
  const place = { x: left, y: top, width: Math.max(0, right - left), height: bottom - top, rx: 2 };
  const title = svg('title', {});
  title.textContent = said;
  group.append(svg('rect', { ...place, class: 'under' }), svg('rect', { ...place, class: 'over', fill: 'url(#stripes)' }), title);
  return [group];
}

function niceStep(least) {
  const ten = 10 ** Math.floor(Math.log10(least));
  return Math.max(1, [1, 2, 5, 10].map((step) => step * ten).find((step) => step >= least));
}
