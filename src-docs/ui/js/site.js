'use strict'

// Without this script all pages can be read; it adds search, a menu on narrow screens, and buttons that copy.

const root = document.body.dataset.root
const element = (name, attributes = {}, text = '') => Object.assign(document.createElement(name), attributes, { textContent: text })

/* The menu of a narrow screen. */
const menu = document.querySelector('.menu')
const pages = document.querySelector('.pages')
menu.hidden = false
pages.classList.add('closed')
menu.addEventListener('click', () => {
  const open = menu.getAttribute('aria-expanded') !== 'true'
  menu.setAttribute('aria-expanded', open)
  pages.classList.toggle('closed', !open)
  if (open) pages.querySelector('a').focus()
})
const here = pages.querySelector('[aria-current]')
if (here && here.offsetTop > pages.clientHeight) pages.scrollTop = here.offsetTop - pages.clientHeight / 2

/* What scrolls by itself can be reached by keyboard. */
const scrolls = document.querySelectorAll('.scroll, pre, .imageblock .content')
const reachable = () => scrolls.forEach((box) => {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
  else box.removeAttribute('tabindex')
})
addEventListener('resize', reachable)
addEventListener('load', reachable)
reachable()

/* A command is copied without its prompt, and without what it prints. */
for (const pre of document.querySelectorAll('.listingblock pre')) {
  const button = element('button', { type: 'button', className: 'copy' }, 'Copy')
  const code = pre.querySelector('code') ?? pre
  button.addEventListener('click', async () => {
    const lines = code.textContent.trimEnd().split('\n')
    const commands = lines.filter((line, i) => line.startsWith('$ ') || (i > 0 && lines[i - 1].endsWith('\\')))
    const text = commands.length ? commands.map((line) => line.replace(/^\$ /, '')) : lines
    try {
      await navigator.clipboard.writeText(text.join('\n') + '\n')
      button.textContent = 'Copied'
    } catch {
      getSelection().selectAllChildren(code)
      button.textContent = 'Selected'
    }
    button.classList.add('done')
    setTimeout(() => { button.textContent = 'Copy'; button.classList.remove('done') }, 2000)
  })
  pre.after(button)
}

/* Where on the page one is. */
const entries = new Map([...document.querySelectorAll('.contents a')].map((a) => [a.hash.slice(1), a]))
if (entries.size) {
  const headings = [...document.querySelectorAll('article :is(h2, h3)[id]')].filter((heading) => entries.has(heading.id))
  const mark = () => {
    const past = headings.filter((heading) => heading.getBoundingClientRect().top < 120).pop()
    entries.forEach((a, id) => (id === past?.id ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current')))
  }
  addEventListener('scroll', mark, { passive: true })
  mark()
}

/* Search. Its index is read when it is used first. */
const area = document.querySelector('.search')
const input = area.querySelector('input')
const results = area.querySelector('.results')
const status = results.querySelector('p')
const list = results.querySelector('ol')
const script = (file) => new Promise((resolve, reject) => {
  document.head.append(Object.assign(document.createElement('script'), { src: `${root}/${file}`, onload: resolve, onerror: reject }))
})
let index
const load = () => (index ??= Promise.all([script('_/js/minisearch.js'), script('search-index.js')]).then(() => {
  const search = new window.MiniSearch({
    fields: ['title', 'page', 'text'],
    storeFields: ['url', 'title', 'page', 'text'],
    idField: 'url',
    searchOptions: { boost: { title: 5, page: 2 }, prefix: true, fuzzy: (term) => (term.length > 4 ? 0.2 : false), combineWith: 'AND' },
  })
  search.addAll(window.searchIndex)
  return search
}))

/** The text around the first word that was found, with it marked. */
const excerpt = (text, words) => {
  const small = element('small')
  const at = Math.max(0, ...words.map((word) => text.toLowerCase().indexOf(word)).filter((i) => i >= 0).slice(0, 1))
  const part = text.slice(Math.max(0, at - 40), at + 110)
  let from = 0
  for (const found of part.matchAll(new RegExp(words.map((w) => w.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|') || '$^', 'giu'))) {
    small.append(part.slice(from, found.index), element('mark', {}, found[0]))
    from = found.index + found[0].length
  }
  small.append(part.slice(from) + (text.length > at + 110 ? ' …' : ''))
  return small
}

const close = () => { results.hidden = true }
const show = async () => {
  const query = input.value.trim()
  if (!query) return close()
  const found = (await load()).search(query)
  if (query !== input.value.trim()) return
  status.textContent = found.length ? `${found.length} found` : 'Nothing found'
  list.replaceChildren(...found.slice(0, 12).map((section) => {
    const a = element('a', { href: `${root}/${section.url}` }, section.title)
    const page = section.page === section.title ? '' : ` · ${section.page}`
    a.append(element('small', {}, page.slice(3)), excerpt(section.text, section.terms))
    const item = element('li')
    item.append(a)
    return item
  }))
  results.hidden = false
}
area.hidden = false
input.addEventListener('focus', load, { once: true })
input.addEventListener('input', show)
area.addEventListener('keydown', (event) => {
  const links = [input, ...list.querySelectorAll('a')]
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (event.key === 'Enter' && event.target === input) list.querySelector('a')?.click()
  if (event.key === 'Escape') { close(); input.focus() }
  if (!step || results.hidden) return
  event.preventDefault()
  links[Math.min(links.length - 1, Math.max(0, links.indexOf(document.activeElement) + step))].focus()
})
document.addEventListener('click', (event) => {
  if (!area.contains(event.target) || event.target.closest('.results a')) close()
})
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !/^(input|textarea|select)$/i.test(event.target.tagName)) { event.preventDefault(); input.focus() }
})
