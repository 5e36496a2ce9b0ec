// What must hold of a built site: each link has a target, no page is lost, nothing comes from elsewhere, the HTML is in order.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { HtmlValidate } from 'html-validate'
import { files, pages } from './pages.js'

const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i
const LOADS = [['script', 'src'], ['link', 'href'], ['img', 'src'], ['source', 'srcset'], ['iframe', 'src'], ['object', 'data'], ['video', 'src'], ['audio', 'src']]
const RULES = {
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // Asciidoctor's way with widths of columns, its classes, and blanks at the end of lines.
    'no-inline-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'long-title': 'off',
  },
}

/** @returns {Promise<string[]>} the problems, one a line */
export async function check (site) {
  const all = pages(site).map((page) => ({ ...page, ids: new Set(page.document.querySelectorAll('[id]').map((e) => e.id)) }))
  const byPath = new Map(all.map((page) => [page.path, page]))
  const problems = all.flatMap((page) => [...links(page, byPath, site), ...loads(page)])
  problems.push(...lost(all), ...styles(site))
  const validator = new HtmlValidate(RULES)
  for (const { path, html } of pages(site)) {
    const report = await validator.validateString(html, path)
    report.results.flatMap((result) => result.messages)
      .forEach(({ line, message, ruleId }) => problems.push(`${path}:${line}: ${message} (${ruleId})`))
  }
  return problems
}

function links ({ path, document }, byPath, site) {
  const problems = []
  const targets = document.querySelectorAll('[href], [src]').map((e) => e.getAttribute('href') ?? e.getAttribute('src'))
  for (const target of new Set(targets)) {
    if (ELSEWHERE.test(target) || /^(mailto|data):/.test(target)) continue
    const [file, anchor] = decodeURI(target).split('#')
    const found = file ? normalize(join(dirname(path), file)) : path
    const page = byPath.get(found)
    if (!page && !existsSync(join(site, found))) problems.push(`${path}: the link ${target} has no target`)
    else if (anchor && !page?.ids.has(anchor)) problems.push(`${path}: the link ${target} has no such anchor`)
  }
  return problems
}

function loads ({ path, document }) {
  return LOADS.flatMap(([tag, attribute]) => document.querySelectorAll(`${tag}[${attribute}]`)
    .map((element) => element.getAttribute(attribute))
    .filter((target) => ELSEWHERE.test(target))
    .map((target) => `${path}: ${tag} is loaded from another host: ${target}`))
}

function styles (site) {
  return files(site).filter((path) => /\.(css|svg)$/.test(path)).flatMap((path) =>
    [...readFileSync(join(site, path), 'utf8').matchAll(/(?:@import\s+["']|url\(["']?|(?:href|src)=["'])([^"')]+)/g)]
      .map((match) => match[1])
      .filter((target) => ELSEWHERE.test(target))
      .map((target) => `${path}: loads from another host: ${target}`))
}

/** Each page is in the navigation, once. */
function lost (all) {
  const first = all.find(({ document }) => document.querySelector('nav.pages'))
  if (!first) return ['There is no page with a navigation']
  const listed = first.document.querySelectorAll('nav.pages a')
    .map((a) => normalize(join(dirname(first.path), a.getAttribute('href').replace(/#.*/, ''))))
  return all.filter(({ document }) => document.querySelector('article'))
    .map(({ path }) => ({ path, times: listed.filter((target) => target === path).length }))
    .filter(({ times }) => times !== 1)
    .map(({ path, times }) => `${path}: stands ${times} times in nav.adoc`)
}
