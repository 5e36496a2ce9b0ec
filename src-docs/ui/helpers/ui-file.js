'use strict'

/** Where a file of the UI stands in the site. */
module.exports = (file, { data: { root } }) => root.site.ui.url + '/' + file
