'use strict'

/** From this page to the top of the site: "." or "..". */
module.exports = ({ data: { root } }) => root.siteRootPath || '.'
