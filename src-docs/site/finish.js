// What Antora leaves to the UI, done once at build time: contents of a page, anchors, tables that scroll, colours of code, search.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import hljs from 'highlight.js'
import { escaped, pages, plain } from './pages.js'

const LANGUAGES = { console: 'shell', adoc: 'asciidoc', jsonl: 'json' }

export function finish (site) {
  const sections = []
  for (const { path, document } of pages(site)) {
    const article = document.querySelector('article')
    // A redirect has none.
    if (!article) continue
    article.querySelectorAll('a.anchor').forEach(nameAnchor)
    article.querySelectorAll('td a[id]').forEach(linkToItself)
    article.querySelectorAll('pre code[data-lang]').forEach(colour)
    // A corner that says nothing heads nothing.
    article.querySelectorAll('thead th').forEach((head) => head.setAttribute('scope', 'col'))
    article.querySelectorAll('tbody th').forEach((head) => head.setAttribute('scope', 'row'))
    article.querySelectorAll('th').filter((head) => !plain(head)).forEach((head) => {
      head.removeAttribute('scope')
      head.tagName = 'TD'
    })
    article.querySelectorAll('table.tableblock').forEach(scroll)
    contents(document, article)
    sections.push(...indexed(path, article))
    writeFileSync(join(site, path), document.toString())
  }
  writeFileSync(join(site, 'search-index.js'), `window.searchIndex = ${JSON.stringify(sections)}\n`)
}

function nameAnchor (anchor) {
  anchor.setAttribute('aria-label', `Link to “${plain(anchor.parentNode)}”`)
}

/** The anchor of an option's row: what follows it becomes the link to it. */
function linkToItself (anchor) {
  if (anchor.getAttribute('href')) return
  const name = anchor.nextElementSibling
  if (!name) return
  anchor.replaceWith(`<a class="row" id="${anchor.id}" href="#${anchor.id}">${name.outerHTML}</a>`)
  name.remove()
}

function colour (code) {
  const named = code.getAttribute('data-lang')
  const language = hljs.getLanguage(LANGUAGES[named] ?? named)
  // Asciidoctor's numbers of callouts are elements; they would be lost.
  if (!language || code.childNodes.some((node) => node.nodeType === 1)) return
  code.innerHTML = hljs.highlight(code.textContent, { language: LANGUAGES[named] ?? named }).value
}

function scroll (table) {
  const caption = table.querySelector('caption')
  const heads = table.querySelectorAll('th')
  const label = caption ? plain(caption) : heads.length ? heads.map(plain).filter(Boolean).join(', ') : 'Table'
  table.replaceWith(`<div class="scroll" role="group" aria-label="${escaped(label)}">${table.outerHTML}</div>`)
}

function contents (document, article) {
  const headings = article.querySelectorAll('h2[id], h3[id]')
  const place = document.querySelector('.contents')
  if (headings.length < 3) return place.remove()
  const items = headings.map((heading) =>
    `<li class="${heading.tagName.toLowerCase()}"><a href="#${heading.id}">${escaped(plain(heading))}</a></li>`)
  place.querySelector('ul').innerHTML = items.join('')
}

/** Each section is found by its own heading; so is each option and header, by its row. */
function indexed (path, article) {
  const title = plain(article.querySelector('h1'))
  const found = [{ url: path, title, page: title, text: '' }]
  const walk = (element, section) => {
    for (const child of element.childNodes) {
      if (child.nodeType === 3) {
        section.text += child.textContent
        continue
      }
      const name = child.rawTagName?.toLowerCase()
      if (!name || name === 'h1') continue
      if (/^h[2-6]$/.test(name) && child.id) {
        section = { url: `${path}#${child.id}`, title: plain(child), page: title, text: '' }
        found.push(section)
        continue
      }
      if (name === 'tr' && child.querySelector('a.row')) {
        const row = child.querySelector('a.row')
        found.push({ url: `${path}#${row.id}`, title: plain(row), page: section.title, text: plain(child) })
        continue
      }
      section = walk(child, section)
      section.text += ' '
    }
    return section
  }
  walk(article, found[0])
  return found.map((section) => ({ ...section, text: section.text.replace(/\s+/g, ' ').trim() }))
}
