// Builds the site and checks it. Fails with every problem that it finds: Antora's own, and those of check.js.
//   node site/build.js [--content DIR] [--to DIR]
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { check } from './check.js'
import { finish } from './finish.js'

const require = createRequire(import.meta.url)
const { configureLogger } = require('@antora/logger')
const buildPlaybook = require('@antora/playbook-builder')
const generateSite = require('@antora/site-generator')
const git = require('isomorphic-git')

const HOME = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * @param content a folder with antora.yml and modules
 * @param to the folder of the site, made anew; beside it the pages are kept while Antora reads them
 * @returns {Promise<string[]>} the problems, one a line; none if all is well
 */
export async function build ({ content = HOME, to = join(HOME, 'target/site') } = {}) {
  const problems = []
  const level = 'warn'
  configureLogger({
    level,
    failureLevel: level,
    format: 'json',
    destination: { write: (line) => problems.push(told(JSON.parse(line))) },
  })
  const playbook = buildPlaybook(['--playbook', join(HOME, 'antora-playbook.yml'), '--quiet'], {})
  playbook.content.sources[0].url = await repository(content, to + '.content')
  playbook.output.dir = to
  rmSync(to, { recursive: true, force: true })
  await generateSite(playbook)
  finish(to)
  return problems.concat(await check(to))
}

/** Antora reads pages from a repository only, and knows no linked work trees. So the files as they stand get a repository of their own. */
async function repository (content, dir) {
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  // The examples are links to where they are used.
  for (const part of ['antora.yml', 'modules']) cpSync(join(content, part), join(dir, part), { recursive: true, dereference: true })
  await git.init({ fs, dir })
  await git.commit({ fs, dir, message: 'As it stands', author: { name: 'build', email: 'build@localhost' } })
  return dir
}

function told ({ level, msg, file, source }) {
  const path = (file?.path ?? '').replace(/^.*\.content\//, '')
  return `${path}${file?.line ? ':' + file.line : ''}: ${msg}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { content: { type: 'string' }, to: { type: 'string' } } })
  const started = Date.now()
  const places = Object.fromEntries(Object.entries(values).map(([name, dir]) => [name, resolve(dir)]))
  const problems = await build(places)
  problems.forEach((problem) => console.error(problem))
  const index = join(places.to ?? join(HOME, 'target/site'), 'index.html')
  console.log(`${index}: ${problems.length} problems, ${((Date.now() - started) / 1000).toFixed(1)} s`)
  process.exitCode = problems.length ? 1 : 0
}
