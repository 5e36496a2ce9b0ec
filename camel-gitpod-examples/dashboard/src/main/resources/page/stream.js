import { clockOf, el, operation, shortId, span, subjectType } from './words.js';

const MOST_SHOWN = 18;
const MOST_COUNTED = 20_000;

/** The events and gaps, the newest first; a gap stands in its place in time, and is told once. */
export class Stream {
  times = [];
  gaps = [];
  #list = document.getElementById('stream-log');
  #waiting = [];
  #names;

  constructor(names) {
    this.#names = names;
  }

  clear() {
    this.times = [];
    this.gaps = [];
    this.#waiting = [];
    this.#list.replaceChildren();
  }

  add(data) {
    const event = JSON.parse(data);
    event.at = Date.parse(event.at);
    if (event.gap) {
      this.#gap(event);
      return;
    }
    this.times.push(event.at);
    if (this.times.length > MOST_COUNTED) {
      this.times.splice(0, MOST_COUNTED / 10);
    }
    this.#wait(event);
  }

  #gap(event) {
    const from = Date.parse(event.gap);
    let gap = this.gaps.find((one) => one.from === from && one.to === event.at);
    if (!gap) {
      gap = { at: event.at, from, to: event.at, reason: event.reason, text: el('span') };
      this.gaps.push(gap);
      this.#wait(gap);
    }
    const recovered = event.recovered === undefined ? '' : `, ${event.recovered} recovered`;
    gap.text.textContent = `${span(gap.to - gap.from)} missed (${event.reason})${recovered}`;
  }

  #wait(event) {
    this.#waiting.push(event);
    if (this.#waiting.length > MOST_SHOWN) {
      this.#waiting.shift();
    }
  }

  /** Whether the page is scrolled into it. Asks for a layout. */
  isRead() {
    return this.#list.getBoundingClientRect().top < 0;
  }

  show(isRead) {
    document.getElementById('stream-none').hidden = this.#list.childElementCount + this.#waiting.length > 0;
    if (this.#waiting.length === 0 || isRead) {
      return;
    }
    const first = this.#list.childElementCount === 0;
    this.#list.prepend(...this.#waiting.reverse().map((event) => this.#row(event, first)));
    this.#waiting = [];
    while (this.#list.childElementCount > MOST_SHOWN) {
      this.#list.lastElementChild.remove();
    }
  }

  #row(event, first) {
    if (event.text) {
      return el('li', { class: 'gap' }, clockOf(event.from), event.text);
    }
    const name = this.#names.get(event.id) ?? shortId(event.id);
    const what = el('span', {}, `${subjectType(event.type)} ${operation(event.operation)}`, el('small', {}, el('bdi', {}, name)));
    if (event.synthetic) {
      what.append(el('small', {}, 'recovered'));
    }
    return el('li', first ? {} : { class: 'new' }, clockOf(event.at), what);
  }
}
