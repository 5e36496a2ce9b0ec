import { el, plain } from './words.js';

// The pieces of a JSON text. They only decide where a line begins: no character of the text is changed.
const PIECE = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:]+|"/g;

/** The text with a line for each member, its names in ink. */
export function pretty(text) {
  const lines = el('pre', { tabindex: '0', 'aria-label': "The server's own text" });
  const pieces = text.match(PIECE) ?? [];
  let depth = 0;
  const breakLine = () => lines.append('\n' + '  '.repeat(depth));
  pieces.forEach((piece, at) => {
    if (piece === '{' || piece === '[') {
      depth++;
      lines.append(piece);
      if (pieces[at + 1] !== '}' && pieces[at + 1] !== ']') {
        breakLine();
      }
    } else if (piece === '}' || piece === ']') {
      depth--;
      if (pieces[at - 1] !== '{' && pieces[at - 1] !== '[') {
        breakLine();
      }
      lines.append(piece);
    } else if (piece === ',') {
      lines.append(piece);
      breakLine();
    } else if (piece.startsWith('"') && pieces[at + 1] === ':') {
      lines.append(el('b', {}, plain(piece)));
    } else {
      lines.append(piece === ':' ? ': ' : plain(piece));
    }
  });
  return lines;
}
