// The site as it stands has no problem, and each kind of mistake is told, alone on an otherwise good page.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from './build.js'
import { check } from './check.js'

const HOME = dirname(dirname(fileURLToPath(import.meta.url)))
const scratch = mkdtempSync(join(tmpdir(), 'site-test-'))
after(() => rmSync(scratch, { recursive: true, force: true }))

let number = 0

/** Two small pages, of which one is given, built in a folder of their own. */
async function problemsOf (page, { nav = '* xref:index.adoc[]\n* xref:other.adoc[]\n', more = {} } = {}) {
  const content = join(scratch, `content-${++number}`)
  const written = {
    'antora.yml': readFileSync(join(HOME, 'antora.yml'), 'utf8'),
    'modules/ROOT/nav.adoc': nav,
    'modules/ROOT/pages/index.adoc': `= One\n\n${page}\n`,
    'modules/ROOT/pages/other.adoc': '= Two\n\n[#there]\nA paragraph.\n',
    ...more,
  }
  for (const [file, text] of Object.entries(written)) {
    mkdirSync(dirname(join(content, file)), { recursive: true })
    writeFileSync(join(content, file), text)
  }
  return build({ content, to: join(scratch, `site-${number}`) })
}

const site = join(scratch, 'site')

test('the site as it stands has no problem', async () => {
  assert.deepEqual(await build({ to: site }), [])
})

test('code is coloured, each option is found by search, and its row is a link to itself', () => {
  const page = readFileSync(join(site, 'camel-gitpod/0.1/gitpod-component.html'), 'utf8')
  assert.match(page, /hljs-/)
  assert.match(page, /<a class="row" id="option-lookback" href="#option-lookback">/)
  const index = JSON.parse(readFileSync(join(site, 'search-index.js'), 'utf8').replace('window.searchIndex = ', ''))
  const option = index.find(({ url }) => url.endsWith('#option-lookback'))
  assert.equal(option.title, 'lookback')
  assert.equal(new Set(index.map(({ url }) => url)).size, index.length)
})

test('a good page has no problem', async () => {
  assert.deepEqual(await problemsOf('See xref:other.adoc#there[there] and https://example.org[elsewhere].'), [])
})

const mistakes = {
  'a page that is not there': ['xref:nowhere.adoc[x]', /index\.adoc.*target of xref not found: nowhere\.adoc/],
  'an anchor that another page has not': ['xref:other.adoc#nowhere[x]', /the link other\.html#nowhere has no such anchor/],
  'an anchor that the page has not': ['<<nowhere>>', /the link #nowhere has no such anchor/],
  'a file that is not there': ['link:nowhere.zip[x]', /the link nowhere\.zip has no target/],
  'an attachment that is not there': ['xref:attachment$nowhere.zip[x]', /target of xref not found: attachment\$nowhere\.zip/],
  'an image that is not there': ['image::nowhere.svg[x]', /target of image not found: nowhere\.svg/],
  'an unknown attribute': ['It is {nowhere}.', /missing attribute: nowhere/],
  'an include that is not there': ['include::partial$nowhere.adoc[]', /include not found: partial\$nowhere\.adoc/],
  'a table that is not closed': ['|===\n|x', /unterminated table block/],
  'an id that stands twice': ['[#a]\nx\n\n[#a]\ny', /(id assigned to block already in use|Duplicate ID).*a/],
  'an image without a text': ['++++\n<p><img src="../../_/img/icon.svg"></p>\n++++', /alt/],
  'HTML that is not valid': ['++++\n<p><a href="#content"><button type="button">x</button></a></p>\n++++', /index\.html:\d+: .*element-permitted-content/],
  'an image from another host': ['image::https://example.org/x.svg[x]', /img is loaded from another host: https:\/\/example\.org\/x\.svg/],
  'a script from another host': ['++++\n<script src="//example.org/x.js"></script>\n++++', /script is loaded from another host/],
}
for (const [name, [page, told]] of Object.entries(mistakes)) {
  test(`told: ${name}`, async () => {
    const problems = await problemsOf(page)
    assert.ok(problems.some((problem) => told.test(problem)), `${told} is not in:\n${problems.join('\n')}`)
  })
}

test('told: a page that is not in the navigation', async () => {
  const problems = await problemsOf('x', { nav: '* xref:index.adoc[]\n' })
  assert.deepEqual(problems, ['camel-gitpod/0.1/other.html: stands 0 times in nav.adoc'])
})

test('told: a drawing that loads from another host', async () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/x.png"/></svg>'
  const problems = await problemsOf('image::x.svg[x]', { more: { 'modules/ROOT/images/x.svg': drawing } })
  assert.deepEqual(problems, ['camel-gitpod/0.1/_images/x.svg: loads from another host: https://example.org/x.png'])
})

test('told: a style sheet that loads from another host', async () => {
  const copy = join(scratch, 'copy')
  cpSync(site, copy, { recursive: true })
  writeFileSync(join(copy, '_/css/site.css'), '@import url("https://example.org/x.css");')
  assert.deepEqual(await check(copy), ['_/css/site.css: loads from another host: https://example.org/x.css'])
})
