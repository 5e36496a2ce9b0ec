'use strict'

const { posix: path } = require('path')

/** A link from this page to another one or to a file, so that the site works in any folder, and without a server. */
module.exports = (to, { data: { root } }) => {
  if (!to) return '#'
  const from = root.page.url
  if (!from || to.charAt(0) !== '/') return to
  const [file, anchor] = to.split('#')
  const relative = path.relative(path.dirname(from + '.'), file) || path.basename(file)
  return anchor ? relative + '#' + anchor : relative
}
