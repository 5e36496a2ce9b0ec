// What the server says, in words for people. No text of it ever becomes HTML.

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const short = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const number = new Intl.NumberFormat();

export const time = (millis) => clock.format(millis);
export const minute = (millis) => short.format(millis);
export const date = (millis) => day.format(millis);
export const count = (value) => number.format(value);
export const many = (value, one, more = `${one}s`) => `${count(value)} ${value === 1 ? one : more}`;

/** RESOURCE_TYPE_USER_SECRET is a user secret. */
export function words(name, prefix) {
  return name ? plain((name.startsWith(prefix) ? name.slice(prefix.length) : name).toLowerCase().replaceAll('_', ' ')) : '';
}

export const subjectType = (name) => words(name, 'RESOURCE_TYPE_');
export const principal = (name) => words(name, 'PRINCIPAL_');

const HAPPENED = { create: 'created', update: 'updated', 'update status': 'status', delete: 'deleted' };

/** What happened to a resource, as a participle. */
export function operation(name) {
  const word = words(name, 'RESOURCE_OPERATION_');
  return HAPPENED[word] ?? word;
}

export function kind(name) {
  return words(name, 'AUDIT_LOG_ENTRY_KIND_') || 'not told';
}

/** An id is known by its end: ids of one time begin alike. */
export const shortId = (id) => (id && id.length > 12 ? `…${plain(id.slice(-6))}` : plain(id ?? ''));

/** Characters that nobody sees, or that turn what follows around, are shown as what they are. */
export function plain(text) {
  return String(text).replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** 4 s, 12 min, 3 h. */
export function span(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 120) {
    return `${seconds} s`;
  }
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

/** An element with texts and elements in it. */
export function el(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...content);
  return made;
}

/** A time of day, with the server's own text one hover away. */
export const clockOf = (millis, sent) => el('time', { datetime: new Date(millis).toISOString(), title: sent ?? new Date(millis).toISOString() }, time(millis));
