// The side of @cloud-copilot/iam-simulate: one process, warmed up, through the two functions that it exports
// for a decision. Reads the request lines on standard input, answers like iamcheck_peer_side.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const { runSimulation, runUnsafeSimulation } = await import(pathToFileURL(process.argv[2]).href)
const secondsAPass = 4
const passes = 5

const sets = new Map()
for (const line of readFileSync(0, 'utf8').split('\n')) {
  if (!line) continue
  const request = JSON.parse(line)
  if (request.identityPolicies) {
    sets.set(request.policySet, { identityPolicies: request.identityPolicies, simulations: [] })
    continue
  }
  const set = sets.get(request.policySet)
  set.simulations.push({
    identityPolicies: set.identityPolicies,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    request: {
      action: request.action,
      principal: request.principal,
      resource: { accountId: request.resourceAccountId, resource: request.resource },
      contextVariables: request.context,
    },
  })
}

// A pass ends after some seconds, wherever it is: the large set would take minutes.
async function rates(simulations, decide) {
  for (const simulation of simulations.slice(0, 50)) await decide(simulation)
  const result = []
  for (let pass = 0; pass < passes; pass++) {
    const start = process.hrtime.bigint()
    let done = 0
    let seconds = 0
    while (done < simulations.length && seconds < secondsAPass) {
      const answer = decide(simulations[done++])
      if (answer instanceof Promise) await answer
      if (done % 10 === 0) seconds = Number(process.hrtime.bigint() - start) / 1e9
    }
    result.push(done / (Number(process.hrtime.bigint() - start) / 1e9))
  }
  return result
}

for (const [name, { simulations }] of sets) {
  const validated = await rates(simulations, (s) => runSimulation(s, {}))
  const unsafe = await rates(simulations, (s) => runUnsafeSimulation(s, {}))
  const decisions = []
  for (const simulation of simulations) {
    const answer = await runSimulation(simulation, {})
    decisions.push(answer.resultType === 'error' ? 'error: ' + answer.errors.message : answer.overallResult)
  }
  console.log(
    JSON.stringify({
      set: name,
      rates: { 'runSimulation': validated, 'runUnsafeSimulation (no validation)': unsafe },
      decisions,
    })
  )
}
