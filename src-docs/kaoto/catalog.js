// Adds the component and the Kamelets to a copy of one version of Kaoto's catalog (the npm package @kaoto/camel-catalog).
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OURS = join(dirname(fileURLToPath(import.meta.url)), '../modules/ROOT/attachments/gitpod-kaoto.json');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const write = (file, content) => writeFileSync(file, JSON.stringify(content));

/** Throws when the catalog has no such version for camel-main. */
export function addTo(catalog, version, target) {
  const library = read(join(catalog, 'index.json'));
  const main = library.definitions.filter((each) => each.runtime === 'Main');
  const chosen = main.find((each) => each.version === version);
  if (!chosen) {
    throw new Error(`No version ${version} of camel-main; there are: ${main.map((each) => each.version).join(', ')}`);
  }
  const folder = dirname(chosen.fileName);
  mkdirSync(target, { recursive: true });
  cpSync(join(catalog, folder), join(target, folder), { recursive: true });
  if (library.starterTemplates) {
    cpSync(join(catalog, dirname(library.starterTemplates)), join(target, dirname(library.starterTemplates)), { recursive: true });
  }
  const ours = read(OURS);
  const { catalogs } = read(join(catalog, chosen.fileName));
  for (const kind of ['components', 'kamelets']) {
    const file = join(target, folder, catalogs[kind].file);
    write(file, { ...read(file), ...ours[kind] });
  }
  write(join(target, 'index.json'), { ...library, name: `${library.name} and Gitpod`, definitions: [chosen] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [catalog, version, target] = process.argv.slice(2);
  if (!target) {
    console.error('Usage: node catalog.js <folder of the catalog> <version of Camel> <new folder>');
    process.exit(2);
  }
  addTo(catalog, version, target);
}
