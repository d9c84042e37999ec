// The shapes of the server's answers. Wire types only: they change when the HTTP interface does.

export interface Person {
  id: string
  name: string
  roles: string[]
  clearance: string
  compartments: string[]
}

export interface PurposeRule {
  id: string
  label: string
  description: string
  lawful_basis: string
  needs_case: boolean
  needs_reason: boolean
  needs_mandate?: boolean
  /** Special categories of data that a mandate for this purpose may name. */
  data_classes?: string[]
}

export interface Me {
  person: Person
  organisation: string
  purposes: PurposeRule[]
  actions: string[]
  /** Mandates in force for the roles of this person. */
  mandates?: { id: string; purpose: string; not_after: string }[]
  /** The emergency access that is open for this person. */
  glass?: { id: string; opens: string[]; ends_at: string } | null
}

export interface ReceiptField {
  name: string
  value: string
  salt: string
}

export interface Receipt {
  index: number
  tree_size: number
  /** Milliseconds since 1970-01-01T00:00Z. */
  time: number
  /** Hex. */
  leaf: string
  /** A `c2sp.org/tlog-proof@v1` text, checkpoint included. */
  proof: string
  fields: ReceiptField[]
  /** Fields of which only the commitment is shown, by place. */
  withheld?: { position: number; commitment: string }[]
}

export interface Answer {
  receipt: Receipt
}

export interface Highlight {
  prop: string
  label: string
  text: string
}

export interface Hit {
  id: string
  schema: string
  label: string
  caption: string
  score: number
  datasets: string[]
  highlights: Highlight[]
}

export interface FacetValue {
  value: string
  label: string
  count: number
}

export interface SearchAnswer extends Answer {
  total: number
  hits: Hit[]
  facets: { schema: FacetValue[]; dataset: FacetValue[] }
}

export interface Ref {
  id: string
  schema: string
  caption: string
  /** A shared value, such as a phone number, and no entity. */
  value?: boolean | null
}

export interface SuggestAnswer extends Answer {
  suggestions: Ref[]
}

export interface Value {
  value: string
  display: string
  entity?: Ref | null
  /** Positions in the answer's `statements`. */
  statements: number[]
}

export interface PropertyValues {
  name: string
  label: string
  type: string
  values: Value[]
}

export interface Statement {
  entity_id: string
  schema: string
  prop: string
  value: string
  original_value?: string | null
  lang?: string | null
  dataset: string
  source: string
  place: string
  grade: string
  marking: string
  kind: string
  status: string
  method: string
  actor: string
  /** RFC 3339. */
  recorded_at: string
}

export interface EntityLink {
  id: string
  schema: string
  label: string
  direction: 'out' | 'in' | 'none'
  detail?: string | null
  other: Ref
}

export interface EntityAnswer extends Answer {
  id: string
  schema: string
  label: string
  pole?: string | null
  caption: string
  members: string[]
  properties: PropertyValues[]
  statements: Statement[]
  links: EntityLink[]
}

export interface ChartNode {
  id: string
  schema: string
  pole?: string | null
  caption: string
  hop?: number | null
  degree?: number | null
  value?: boolean | null
}

export interface ChartEdge {
  id: string
  schema: string
  label: string
  source: string
  target: string
  directed: boolean
}

export interface NeighboursAnswer extends Answer {
  nodes: ChartNode[]
  edges: ChartEdge[]
}

export interface PathAnswer extends Answer {
  length: number | null
  truncated: boolean
  /** Node id, edge id, node id, ... */
  paths: string[][]
  nodes: ChartNode[]
  edges: ChartEdge[]
}

export interface TimelineEvent {
  /** Full, or a prefix such as `2019-03`; with a time of day where the source gives one. */
  date: string
  end?: string | null
  /** Which of the things asked about it belongs to. */
  entity: string
  /** What happened: a link, an event, or the thing itself. */
  id: string
  schema: string
  caption: string
  prop: string
}

export interface TimelineAnswer extends Answer {
  events: TimelineEvent[]
}

export interface ExportRequest {
  format: string
  query: string
  /** Who receives it. */
  to: string
}

export interface Schema {
  name: string
  label: string
  plural: string
  description: string
  pole?: string | null
  edge?: unknown
  featured: string[]
  properties?: { name: string; label: string }[]
}

export interface OntologyAnswer {
  schemata: Schema[]
}

export interface LedgerAnswer {
  origin: string
  size: number
  root: string
  checkpoint: string
  log_key: string
}
