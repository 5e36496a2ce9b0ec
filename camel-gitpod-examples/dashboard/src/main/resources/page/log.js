import { clockOf, count, el, many } from './words.js';
import { pretty } from './json.js';

const FIRST = 15;
const MORE = 100;
const MOST_TINTED = 10;
const SENSITIVE = /token|secret|credential/;

const by = (id) => document.getElementById(id);

/** The entries, the newest first. They stand still while somebody reads: while one is open, or the page is scrolled. */
export class Log {
  #list = by('log');
  #rows = new Map();
  #query = '';
  #most = FIRST;
  #seen = -1;
  #store;

  constructor(store) {
    this.#store = store;
    this.#list.addEventListener('click', (event) => this.#toggle(event.target.closest('button')));
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    by('fresh').addEventListener('click', () => this.#showFresh());
    by('more').addEventListener('click', () => {
      this.#most += MORE;
      this.show();
    });
    let typing;
    by('search').addEventListener('input', (event) => {
      clearTimeout(typing);
      typing = setTimeout(() => {
        this.#query = event.target.value.trim();
        this.#most = FIRST;
        this.#close();
        by('found').textContent = `${many(this.show(), 'entry', 'entries')} found`;
      }, 120);
    });
  }

  /**
   * Brings the list up to date, or says how many wait while somebody reads.
   * @returns how many entries there are with what is searched for
   */
  show(isRead = false) {
    const { found, count: all } = this.#store.find(this.#query, this.#most);
    by('count').textContent = this.#query ? `${count(all)} of ${count(this.#store.size)}` : count(this.#store.size);
    if (isRead) {
      const fresh = found.filter((entry) => entry.number > this.#seen).length;
      by('fresh').hidden = fresh === 0;
      by('fresh').textContent = `${fresh === this.#most ? `more than ${count(fresh)}` : count(fresh)} new`;
      return all;
    }
    by('fresh').hidden = true;
    this.#draw(found);
    by('none').hidden = found.length > 0;
    by('none').textContent = this.#query ? `Nothing with “${this.#query}”.` : 'Nothing yet.';
    by('more').hidden = all <= found.length;
    by('more').textContent = `Show ${count(Math.min(MORE, all - found.length))} more`;
    return all;
  }

  #draw(found) {
    const before = this.#seen;
    // Many at once are no news, and would only flicker.
    const news = found.filter((entry) => entry.number > before).length;
    const tinted = before >= 0 && news <= MOST_TINTED;
    const rows = new Map();
    let next = this.#list.firstChild;
    for (const entry of found) {
      const row = this.#rows.get(entry.number) ?? this.#row(entry, tinted && entry.number > before);
      rows.set(entry.number, row);
      this.#seen = Math.max(this.#seen, entry.number);
      if (row === next) {
        next = next.nextSibling;
      } else {
        this.#list.insertBefore(row, next);
      }
    }
    while (next) {
      const gone = next;
      next = next.nextSibling;
      gone.remove();
    }
    this.#rows = rows;
    if (!this.#list.contains(document.activeElement) && found.length > 0) {
      this.#focusable(this.#list.querySelector('button'));
    }
  }

  #row(entry, isNew) {
    const action = el('span', {}, el('bdi', {}, entry.action));
    action.append(el('small', {}, el('bdi', {}, entry.subject.startsWith(entry.type) ? entry.subject : `${entry.type} ${entry.subject}`)));
    const button = el('button', { type: 'button', tabindex: '-1', 'aria-expanded': 'false' },
      clockOf(entry.at, entry.sent), el('b', { title: entry.actor }, el('bdi', {}, entry.actor)), action, pill(entry));
    const row = el('li', isNew ? { class: 'new' } : {}, button);
    row.entry = entry;
    return row;
  }

  /** Asks for a layout. */
  isRead() {
    const top = this.#list.getBoundingClientRect().top;
    return this.#list.querySelector('li.open') !== null || top < 0 || this.#list.contains(document.activeElement);
  }

  #toggle(button) {
    if (!button) {
      return;
    }
    const row = button.parentElement;
    const open = row.classList.toggle('open');
    button.setAttribute('aria-expanded', String(open));
    if (open) {
      row.append(el('div', { class: 'text' }, pretty(row.entry.text)));
    } else {
      row.querySelector('.text').remove();
    }
    this.#focusable(button);
  }

  #close() {
    this.#list.querySelectorAll('li.open > button').forEach((button) => this.#toggle(button));
  }

  #showFresh() {
    this.#close();
    this.show();
    by('log-heading').scrollIntoView({ block: 'nearest' });
    this.#go(this.#list.querySelector('button'));
  }

  #key(event) {
    const row = event.target.closest('li');
    const place = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling, Home: this.#list.firstElementChild, End: this.#list.lastElementChild };
    if (event.target.tagName === 'BUTTON' && event.key in place) {
      event.preventDefault();
      this.#go((place[event.key] ?? row).querySelector('button'));
    } else if (event.key === 'Escape') {
      if (row.classList.contains('open')) {
        this.#toggle(row.querySelector('button'));
        this.#go(row.querySelector('button'));
      } else {
        event.target.blur();
      }
    }
  }

  #go(button) {
    if (button) {
      this.#focusable(button);
      button.focus();
    }
  }

  /** One stop for the tab key; arrows do the rest. */
  #focusable(button) {
    this.#list.querySelectorAll('button[tabindex="0"]').forEach((other) => other.setAttribute('tabindex', '-1'));
    button.setAttribute('tabindex', '0');
  }
}

function pill(entry) {
  const [word, how] = entry.kind.includes('veto') || entry.kind.includes('agent security') ? ['veto', 'bad']
    : entry.kind === 'credential access' ? ['credential', 'warn']
      : SENSITIVE.test(entry.type) ? [SENSITIVE.exec(entry.type)[0], 'warn']
        : [entry.principal || 'nobody', 'quiet'];
  return el('i', { class: `pill ${how}` }, entry.late ? `${word}, late` : word);
}
