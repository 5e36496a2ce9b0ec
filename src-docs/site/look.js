// Looks at the built site in a real browser: axe finds nothing on any page, light and dark, wide and narrow, no page is
// wider than the screen, no page writes an error into the console, and search finds an option. With --pictures DIR it also takes pictures of the pages that follow.
//   node site/look.js [--pictures DIR] [PAGE...]
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { pages } from './pages.js'

const SITE = join(dirname(dirname(fileURLToPath(import.meta.url))), 'target/site')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png' }
const VIEWS = { wide: 1440, narrow: 360 }
const SCHEMES = ['light', 'dark']

const { values, positionals } = parseArgs({ options: { pictures: { type: 'string' } }, allowPositionals: true })
const server = createServer((request, response) => {
  try {
    const file = normalize(decodeURI(new URL(request.url, 'http://localhost').pathname))
    const body = readFileSync(join(SITE, file))
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body)
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = `http://127.0.0.1:${server.address().port}/`
const profile = mkdtempSync(join(tmpdir(), 'site-look-'))
const driver = spawn('chromedriver', ['--port=0'])
const problems = []
try {
  const session = await open()
  const article = pages(SITE).filter(({ document }) => document.querySelector('article')).map(({ path }) => path)
  const wanted = positionals.length ? article.filter((path) => positionals.some((name) => path.endsWith('/' + name))) : article
  for (const scheme of SCHEMES) {
    await session('goog/cdp/execute', { cmd: 'Emulation.setEmulatedMedia', params: { features: [{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }] } })
    for (const [view, width] of Object.entries(VIEWS)) {
      await session('goog/cdp/execute', { cmd: 'Emulation.setDeviceMetricsOverride', params: { width, height: 900, deviceScaleFactor: 1, mobile: false } })
      for (const path of wanted) await look(session, path, scheme, view)
    }
  }
  await find(session, wanted[0], 'lookback', '#option-lookback')
  const errors = (await session('se/log', { type: 'browser' })).filter(({ level }) => level === 'SEVERE')
  errors.forEach(({ message }) => problems.push(message))
  console.log(`${wanted.length} pages, ${SCHEMES.length * Object.keys(VIEWS).length} views each: ${problems.length} problems`)
  await session('', undefined, 'DELETE')
} finally {
  driver.kill()
  server.close()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}
problems.forEach((problem) => console.error(problem))
process.exitCode = problems.length ? 1 : 0

async function look (session, path, scheme, view) {
  await session('url', { url: address + path })
  const found = await session('execute/async', {
    script: `${AXE}; const done = arguments[arguments.length - 1];
      axe.run({ resultTypes: ['violations'] }).then(({ violations }) => {
        const told = violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.slice(0, 2).map((n) => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '));
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        done(wide > 0 ? told.concat('the page is ' + wide + ' px wider than the screen') : told);
      })`,
    args: [],
  })
  found.forEach((problem) => problems.push(`${path}, ${scheme}, ${view}: ${problem}`))
  if (!values.pictures) return
  mkdirSync(values.pictures, { recursive: true })
  const { data } = await session('goog/cdp/execute', { cmd: 'Page.captureScreenshot', params: { format: 'png' } })
  writeFileSync(join(values.pictures, `${path.replace(/.*\/|\.html/g, '')}-${view}-${scheme}.png`), Buffer.from(data, 'base64'))
}

/** The first result is the section whose title is what was typed. */
async function find (session, path, text, target) {
  await session('url', { url: address + path })
  const first = await session('execute/async', {
    script: `const [text, done] = arguments; const input = document.getElementById('search');
      input.focus(); input.value = text; input.dispatchEvent(new Event('input'));
      const look = () => { const a = document.querySelector('.results:not([hidden]) a'); a ? done(a.href) : setTimeout(look, 20) }; look()`,
    args: [text],
  })
  if (!first.endsWith(target)) problems.push(`search for ${text} finds ${first} first, and not ${target}`)
}

/** A browser, as a function that sends it a command of WebDriver. */
async function open () {
  const port = await new Promise((resolve, reject) => {
    driver.on('error', () => reject(new Error('chromedriver is missing: install chromium and chromium-driver')))
    driver.stdout.on('data', (text) => /successfully on port (\d+)/.exec(text)?.slice(1).forEach(resolve))
  })
  const send = async (path, body, method = 'POST') => {
    const answer = await fetch(`http://127.0.0.1:${port}/session${path}`, { method, body: JSON.stringify(body) })
    const { value } = await answer.json()
    if (!answer.ok) throw new Error(`${path}: ${value.message}`)
    return value
  }
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--user-data-dir=${profile}`]
  const { sessionId } = await send('', { capabilities: { alwaysMatch: { 'goog:chromeOptions': { args }, 'goog:loggingPrefs': { browser: 'ALL' } } } })
  return (command, body, method) => send(`/${sessionId}${command && '/' + command}`, body, method)
}
