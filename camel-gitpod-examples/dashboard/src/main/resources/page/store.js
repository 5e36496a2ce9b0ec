import { kind, plain, principal, shortId, subjectType } from './words.js';

/** How many entries are kept, the newest. */
export const MOST = 10_000;
const SPARE = 500;

/** The last entries, the oldest first, and the names that came with them. */
export class Store {
  entries = [];
  names = new Map();
  #number = 0;

  clear() {
    this.entries = [];
  }

  /** @param data the page server's message */
  add(data) {
    const message = JSON.parse(data);
    const all = JSON.parse(message.text);
    // What is no text is shown as the text that it is in JSON, and what has no time as having come now.
    const sent = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
    const parsed = typeof all.createdAt === 'string' ? Date.parse(all.createdAt) : NaN;
    const at = Number.isNaN(parsed) ? Date.now() : parsed;
    const entry = {
      number: this.#number++,
      at,
      sent: sent.createdAt,
      text: message.text,
      late: message.late === true,
      kind: kind(sent.kind),
      type: subjectType(sent.subjectType),
      principal: principal(sent.actorPrincipal),
      actor: message.actor ? plain(message.actor) : [principal(sent.actorPrincipal), shortId(sent.actorId)].join(' ').trim(),
      subject: message.subject ? plain(message.subject) : shortId(sent.subjectId),
      action: plain(sent.action ?? ''),
    };
    entry.words = `${entry.actor} ${entry.subject} ${entry.type} ${entry.kind} ${message.text}`.toLowerCase();
    if (message.subject) {
      this.names.set(sent.subjectId, entry.subject);
    }
    // A late one goes where it belongs.
    let place = this.entries.length;
    while (place > 0 && this.entries[place - 1].at > at) {
      place--;
    }
    if (place === this.entries.length) {
      this.entries.push(entry);
    } else {
      this.entries.splice(place, 0, entry);
    }
    if (this.entries.length >= MOST + SPARE) {
      this.entries.splice(0, this.entries.length - MOST);
    }
    return entry;
  }

  /** The newest entries that have all these words, and how many there are. */
  find(query, most) {
    const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (wanted.length === 0) {
      return { found: this.entries.slice(-Math.min(most, this.size)).reverse(), count: this.size };
    }
    const oldest = Math.max(0, this.entries.length - MOST);
    const found = [];
    let count = 0;
    for (let i = this.entries.length - 1; i >= oldest; i--) {
      if (wanted.every((word) => this.entries[i].words.includes(word))) {
        count++;
        if (found.length < most) {
          found.push(this.entries[i]);
        }
      }
    }
    return { found, count };
  }

  /** Whether older ones were let go. */
  get full() {
    return this.entries.length >= MOST;
  }

  get size() {
    return Math.min(MOST, this.entries.length);
  }
}
