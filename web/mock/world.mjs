// A small invented world for working on the pages: nobody in it exists. Same every time.

function dice(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const FIRST = ['Ada', 'Bram', 'Cora', 'Dirk', 'Edda', 'Finn', 'Greta', 'Hugo', 'Isla', 'Jonas', 'Kira', 'Levi', 'Mona', 'Nils', 'Orla', 'Piet', 'Quinn', 'Rosa', 'Sven', 'Thea']
const LAST = ['Hartwell', 'Brackley', 'Ormskerry', 'Fennimoor', 'Tolleshunt', 'Quarrington', 'Marshbrook', 'Vellacourt', 'Wexholm', 'Harrowgate-Lindqvist']
const STREET = ['Mill Lane', 'Quay Street', 'Tallow Row', 'Harbour View', 'St Osyth Road', 'Foundry Close']
const TRADE = ['Haulage', 'Scaffolding', 'Catering', 'Marine Supplies', 'Security Services']
const OFFENCE = ['Handling stolen goods', 'Burglary', 'Assault', 'Fraud by false representation', 'Drug supply']

export const SCHEMATA = [
  ['Person', 'Person', 'People', 'person', ['name', 'nationality', 'birthDate']],
  ['Company', 'Company', 'Companies', 'person', ['name', 'jurisdiction']],
  ['Address', 'Address', 'Addresses', 'location', ['full', 'city']],
  ['Vehicle', 'Vehicle', 'Vehicles', 'object', ['registrationNumber', 'type']],
  ['Offence', 'Offence', 'Offences', 'event', ['offenceType', 'date', 'outcome']],
  ['IntelligenceReport', 'Intelligence report', 'Intelligence reports', 'document', ['title', 'date']],
  ['Residence', 'Residence', 'Residences', 'link', []],
  ['Ownership', 'Ownership', 'Ownerships', 'link', []],
  ['Directorship', 'Directorship', 'Directorships', 'link', []],
  ['Involvement', 'Involvement', 'Involvements', 'link', []],
  ['phone', 'Phone number', 'Phone numbers', null, []],
].map(([name, label, plural, pole, featured]) => ({ name, label, plural, pole, featured, description: `${label}.`, extends: [], edge: pole === 'link', properties: [] }))

export const DATASETS = { 'records-system': 'Records system', 'council-register': 'Council register', 'field-reports': 'Field reports' }

const LABELS = {
  name: ['Name', 'name'], alias: ['Alias', 'name'], birthDate: ['Birth date', 'date'], nationality: ['Nationality', 'country'], phone: ['Phone', 'phone'], notes: ['Notes', 'text'],
  full: ['Full address', 'address'], city: ['City', 'string'], registrationNumber: ['Registration number', 'identifier'], type: ['Type', 'string'], jurisdiction: ['Jurisdiction', 'country'],
  offenceType: ['Offence', 'string'], date: ['Date', 'date'], outcome: ['Outcome', 'string'], title: ['Title', 'string'], bodyText: ['Text', 'text'],
}

/** Entities with statements, and links between them. */
export function makeWorld() {
  const roll = dice(42)
  const pick = (list) => list[Math.floor(roll() * list.length)]
  const entities = new Map()
  const links = []

  function entity(id, schema, caption, values, members = [id]) {
    const statements = []
    for (const [prop, value, dataset, original] of values) {
      const member = members[dataset === 'council-register' ? members.length - 1 : 0]
      statements.push({
        entity_id: member, schema, prop, value, original_value: original ?? null, lang: null, dataset,
        source: dataset === 'field-reports' ? `reports/2026/IR-${1000 + Math.floor(roll() * 900)}.txt` : `${dataset}/extract.csv`,
        place: dataset === 'field-reports' ? `characters ${Math.floor(roll() * 300)}-${300 + Math.floor(roll() * 60)}` : `row ${1 + Math.floor(roll() * 4000)}, column ${1 + Math.floor(roll() * 9)}`,
        grade: dataset === 'field-reports' ? pick(['2B', '2D', '3E', '1A']) : dataset === 'council-register' ? '1B' : '2D',
        marking: dataset === 'field-reports' ? 'official-sensitive' : dataset === 'council-register' ? 'open' : 'official',
        kind: dataset === 'field-reports' && roll() < 0.5 ? 'assessment' : 'fact', status: dataset === 'field-reports' ? 'proposed' : 'asserted',
        method: dataset === 'field-reports' ? 'identifiers 1' : 'import', actor: 'analyst', recorded_at: '2026-03-04T09:12:44.120Z',
      })
    }
    entities.set(id, { id, schema, caption, members, statements })
    return id
  }
  function link(schema, label, source, target, detail = '') {
    links.push({ id: `${schema.toLowerCase()}-${links.length}`, schema, label, source, target, detail, directed: schema !== 'phone' })
  }

  const addresses = STREET.flatMap((street, at) => [3, 18 + at].map((no) => entity(`addr-${street.replaceAll(' ', '-').toLowerCase()}-${no}`, 'Address', `${no} ${street}, Saltmere`, [
    ['full', `${no} ${street}, Saltmere`, 'records-system'], ['full', `${no} ${street}, Saltmere`, 'council-register', `${no}  ${street.toUpperCase()} SALTMERE`], ['city', 'Saltmere', 'council-register']])))
  const companies = TRADE.map((trade, at) => entity(`co-${at}`, 'Company', `${LAST[at]} ${trade} Ltd`, [['name', `${LAST[at]} ${trade} Ltd`, 'council-register'], ['jurisdiction', 'gb', 'council-register']]))
  const phones = Array.from({ length: 18 }, (_, at) => `phone:+4416329600${String(10 + at)}`)
  const people = Array.from({ length: 44 }, (_, at) => {
    const first = FIRST[at % FIRST.length]
    const last = LAST[(at * 7 + Math.floor(at / 20)) % LAST.length]
    const name = `${first} ${last}`
    const born = `19${60 + (at % 38)}-0${1 + (at % 9)}-${10 + (at % 18)}`
    const phone = phones[at % phones.length].slice(6)
    const merged = at % 3 === 0
    const values = [['name', name, 'records-system'], ['birthDate', born, 'records-system'], ['phone', phone, 'records-system', `0${phone.slice(3)}`]]
    if (merged) values.push(['name', name, 'council-register', name.toUpperCase()], ['name', `${first[0]}. ${last}`, 'council-register'], ['nationality', 'gb', 'council-register'])
    if (at % 4 === 0) values.push(['alias', `“${first.slice(0, 2)}zza”`, 'field-reports'], ['notes', `Said to use a van kept near ${pick(STREET)}. Seen with two others on a weekday evening.`, 'field-reports'])
    const id = entity(`per-${String(at).padStart(3, '0')}`, 'Person', name, values, merged ? [`per-${String(at).padStart(3, '0')}`, `council-${at * 13 + 7}`] : undefined)
    link('Residence', 'lives at', id, addresses[at % 5 === 0 ? 0 : Math.floor(roll() * addresses.length)], 'since 2019')
    link('phone', 'phone', id, phones[at % phones.length])
    return id
  })
  companies.forEach((company, at) => {
    link('Directorship', 'directs', people[at * 5], company, 'director')
    link('Ownership', 'owns', people[at * 5], company, '60 %')
    link('Ownership', 'owns', people[at * 5 + 3], company, '40 %')
  })
  for (let at = 0; at < 12; at++) {
    const mark = `${pick(['SM', 'KQ', 'VX'])}${10 + at} ${pick(['HRT', 'LDN', 'QWE'])}`
    const car = entity(`veh-${at}`, 'Vehicle', mark, [['registrationNumber', mark, 'records-system'], ['type', pick(['van', 'car', 'lorry']), 'records-system']])
    link('Ownership', 'owns', people[(at * 3) % people.length], car, 'keeper')
  }
  for (let at = 0; at < 16; at++) {
    const kind = pick(OFFENCE)
    const offence = entity(`off-${at}`, 'Offence', `${kind}, ${2020 + (at % 6)}`, [['offenceType', kind, 'records-system'], ['date', `${2020 + (at % 6)}-0${1 + (at % 9)}-14`, 'records-system'], ['outcome', pick(['Charged', 'No further action', 'Under investigation']), 'records-system']])
    link('Involvement', 'is involved in', people[(at * 2) % people.length], offence, 'suspect')
    link('Involvement', 'is involved in', people[(at * 2 + 9) % people.length], offence, pick(['witness', 'victim']))
  }
  for (let at = 0; at < 8; at++) {
    const report = entity(`rep-${at}`, 'IntelligenceReport', `Report IR-${1200 + at}`, [['title', `Report IR-${1200 + at}`, 'field-reports'], ['date', `2026-0${1 + at}-03`, 'field-reports'], ['bodyText', 'Two persons were seen moving boxes from the quay to a van. The driver is thought to be known locally.', 'field-reports']])
    link('Mention', 'mentions', report, people[(at * 4) % people.length])
    link('Mention', 'mentions', report, addresses[at % addresses.length])
  }
  entity('per-alone', 'Person', 'Hermit Solway', [['name', 'Hermit Solway', 'council-register']])
  return { entities, links, labels: LABELS }
}
