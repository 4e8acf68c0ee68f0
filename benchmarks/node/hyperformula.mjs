// The graph in HyperFormula: an edit sets one cell, and the engine recomputes what depends on it.
import { createRequire } from 'node:module'
import { serve } from './serve.mjs'

const { HyperFormula } = createRequire(import.meta.url)('hyperformula')

await serve(({ sheets }) => {
  const workbook = HyperFormula.buildFromSheets(sheets, { licenseKey: 'gpl-v3' })
  const sheet = workbook.getSheetId('Formulas')
  return {
    editor: (row) => (value) => workbook.setCellContents({ sheet, row, col: 0 }, [[value]]),
    values: () => workbook.getSheetValues(sheet).map((row) => row[0]),
  }
})
