// The graph in alien-signals: an edit writes one signal and reads all that it can change.
import { computed, signal } from 'alien-signals'
import { serve } from './serve.mjs'

await serve(({ functions, defaults, tables }) => {
  const signals = []
  functions.forEach((text, place) => {
    const compute = text && new Function('S', 'T', `return () => ${text}`)(signals, tables)
    signals.push(compute ? computed(compute) : signal(defaults[place]))
  })
  return {
    editor(place, cone) {
      const [written, read] = [signals[place], cone.map((each) => signals[each])]
      return (value) => {
        written(value)
        // The sum keeps the compiler from leaving out readings that nobody uses.
        let sum = 0
        for (const each of read) sum += each() | 0
        return sum
      }
    },
    values: () => signals.map((each) => each()),
  }
})
