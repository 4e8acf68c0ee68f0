// Answers questions on standard input, one JSON object a line: the values after an edit, or how long edits take.
import { createInterface } from 'node:readline'

function time(edit, { first, second, pairs }) {
  const start = process.hrtime.bigint()
  for (let pair = 0; pair < pairs; pair++) {
    edit(first)
    edit(second)
  }
  return Number(process.hrtime.bigint() - start) / (2 * pairs)
}

// `build` makes a peer of the graph, which comes first; a peer gives `editor(place, cone)` and `values()`.
export async function serve(build) {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const peer = build(JSON.parse((await lines.next()).value))
  const editors = new Map()
  for await (const line of lines) {
    const asked = JSON.parse(line)
    if (!editors.has(asked.place)) editors.set(asked.place, peer.editor(asked.place, asked.cone))
    const edit = editors.get(asked.place)
    let answer
    if (asked.pairs) answer = time(edit, asked)
    else {
      edit(asked.value)
      answer = peer.values().map(Number)
    }
    process.stdout.write(JSON.stringify(answer) + '\n')
  }
}
