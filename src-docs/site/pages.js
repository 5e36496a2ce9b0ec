// The pages of a built site, as documents.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'node-html-parser'

/** @returns {string[]} the files below a folder, as paths relative to it, in order */
export function files (folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? files(folder, below + entry.name + '/') : [below + entry.name]))
    .sort()
}

/** @returns {{path: string, html: string, document: import('node-html-parser').HTMLElement}[]} */
export function pages (site) {
  return files(site)
    .filter((path) => path.endsWith('.html'))
    .map((path) => {
      const html = readFileSync(join(site, path), 'utf8')
      return { path, html, document: parse(html, { comment: true, blockTextElements: { script: true, style: true }, voidTag: { closingSlash: false } }) }
    })
}

/** A text without the blanks that only set it in lines. */
export const plain = (element) => element.textContent.replace(/\s+/g, ' ').trim()

export const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
