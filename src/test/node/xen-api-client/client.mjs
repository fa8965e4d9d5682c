// A day in the life of the npm client xen-api, told in JSON lines on standard output.
// Arguments: URL of the pool (with user and password), transport (json-rpc or xml-rpc).
// Whoever reads the lines is the other client: it answers `ready` with a change to a host, and lets time go on after a `task`.
import { CancelToken } from 'promise-toolbox'
import { createClient } from 'xen-api'

const [url, transport] = process.argv.slice(2)
const MOST_MILLISECONDS = 20_000
const NOBODY = 'OpaqueRef:00000000-dead-beef-0000-000000000000'

setTimeout(() => {
  tell('timeout', {})
  process.exit(1)
}, MOST_MILLISECONDS).unref()

function tell(step, details) {
  console.log(JSON.stringify({ step, ...details }))
}

// what the client thinks is odd about the server, it writes to the console
console.warn = (...words) => tell('warning', { words: words.map(String) })

function connectionTo(address, options) {
  return createClient({ allowUnauthorized: true, debounce: 20, eventPollDelay: 200, transport, url: address, ...options })
}

const code = error => ({ code: error.code ?? error.message, params: error.params ?? [] })

async function refused() {
  const stranger = connectionTo(url.replace(/:[^:@/]*@/, ':wrong@'), { watchEvents: false })
  await stranger.connect().then(() => tell('refused', {}), error => tell('refused', code(error)))
}

const xapi = connectionTo(url)
const all = type => Object.values(xapi.objects.indexes.type[type] ?? {})
const named = (type, label) => all(type).find(object => object.name_label === label)

function seen(wanted) {
  return new Promise(resolve => {
    const look = () => {
      const found = Object.values(xapi.objects.all).find(wanted)
      if (found !== undefined) {
        xapi.objects.removeListener('finish', look)
        resolve(found)
      }
    }
    xapi.objects.on('finish', look)
    look()
  })
}

const outcome = promise => promise.then(result => ({ result }), code)

// the call, told when its task is seen, and when it may be cancelled
async function asTask(step, token, method, ...params) {
  const before = new Set(all('task').map(task => task.$ref))
  const end = outcome(xapi.callAsync(token, method, ...params))
  const isNew = object => object.$type === 'task' && !before.has(object.$ref)
  const task = await seen(isNew)
  tell('task', { of: step, label: task.name_label })
  return { end, isNew }
}

await refused()
await xapi.connect()
await xapi.objectsFetched
const records = {}
for (const [type, objects] of Object.entries(xapi.objects.indexes.type)) {
  records[type] = Object.keys(objects).length
}
tell('ready', { records, coordinator: xapi.pool.$master.name_label })

tell('changed', { host: (await seen(object => object.$type === 'host' && !object.enabled)).name_label })

const host = named('host', 'lab-host-1')
const precheck = await asTask('precheck', new CancelToken(() => {}), 'pool_update.precheck', named('pool_update', 'LIVE').$ref, host.$ref)
tell('result', await precheck.end)

const { cancel, token } = CancelToken.source()
const migration = await asTask('migration', token, 'VM.pool_migrate', named('VM', 'vm-1-1').$ref, named('host', 'lab-host-2').$ref, {})
await seen(object => migration.isNew(object) && object.allowed_operations.includes('cancel'))
await cancel()
tell('cancelled', await migration.end)

const failure = await asTask('failure', new CancelToken(() => {}), 'VM.pool_migrate', named('VM', 'vm-1-2').$ref, NOBODY, {})
tell('failed', await failure.end)

const barriers = pool => Object.keys(pool.other_config).filter(key => key.startsWith('xo:barrier:'))
await xapi.barrier()
// the client takes its mark away again, and sees that too
const cleared = await seen(object => object.$type === 'pool' && barriers(object).length === 0)
tell('barrier', { left: barriers(cleared).length })

const guest = named('VM', 'vm-1-1')
await guest.update_other_config('colour', 'blue')
await guest.update_other_config('colour', 'green')
tell('updated', { colour: (await xapi.getField('VM', guest.$ref, 'other_config')).colour })

await xapi.disconnect()
tell('done', {})
process.exit(0)
