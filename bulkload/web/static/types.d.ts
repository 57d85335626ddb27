/** Shapes that the server sends; read by the type checker alone. */

export type CellData = [text: string, state?: string, typed?: string];

export interface ColumnData {
  heading: string;
  letter: string;
  help: string;
  choices: string[];
  suggests: boolean;
  width: number;
  own: boolean;
}

export interface RowData {
  row: number;
  state: "ready" | "fix" | "check" | "out";
  cells: CellData[];
}

export interface ProblemData {
  sheet: SheetName;
  row: number | null;
  cell: string | null;
  heading: string | null;
  level: "error" | "warning";
  message: string;
  fix: string;
  value: string | null;
  code: string;
  proposals: string[];
}

export type SheetName = "campaigns" | "calling_hours";

export interface SheetData {
  sheet: string;
  columns: ColumnData[];
  rows: RowData[];
  problems: ProblemData[];
  loose: ProblemData[];
}

export interface WeekData {
  name: string;
  timezone: string;
  days: [number, number][][];
}

export interface SaidData {
  headline: string;
  rest: string;
  main: "plan" | "valid" | null;
  label: string;
  edits: number;
}

export interface CheckData {
  campaigns: SheetData;
  calling_hours: SheetData;
  weeks: Record<string, WeekData>;
  counts: Record<string, number>;
  said: SaidData;
}

export interface ChangeData {
  campaigns: { rows: RowData[]; problems: ProblemData[] };
  calling_hours: { rows: RowData[]; problems: ProblemData[] };
  weeks?: Record<string, WeekData>;
  counts: Record<string, number>;
  said: SaidData;
  edited: { sheet: SheetName; row: number; heading: string }[];
}

export type Words = Record<string, string>;

/** What stands in a problem's place in the panel: one mistake, in one or many cells. */
export interface ProblemGroup {
  key: string;
  first: ProblemData;
  rows: number[];
}

export interface ChangeRow {
  heading: string;
  actual: string | null;
  desired: string | null;
  last_sent: string | null;
  kind: string;
}

export interface PlanRow {
  row: number;
  name: string;
  group: "create" | "change" | "needs" | "left";
  label: string;
  kind: string;
  campaign_id: string | null;
  mode: string;
  lists: string;
  message: string;
  fix: string;
  changes: ChangeRow[];
  decisions: ("update" | "overwrite")[];
  week: WeekData | null;
}

export interface PlanData {
  phase: string;
  now: {
    headline: string;
    place: string;
    rest: string;
    button: string;
    trial_button: string;
    question: string;
    question_lines: string[];
    asks: boolean;
    types_name: string | null;
    plan?: string;
    as_new?: string;
    options?: { update: number[]; overwrite: number[] };
  };
  rows: PlanRow[];
}

export interface RunRow {
  row: number;
  name: string;
  status: string;
  label: string;
  kind: string;
  campaign_id: string | null;
  at: string | null;
  message: string;
  fix: string;
  changes: ChangeRow[];
}

export interface RunEvent {
  phase: string;
  rows: RunRow[];
  stage?: string;
  said?: string;
  seconds_left?: number | null;
  stopping?: boolean;
  tally?: Record<string, number>;
  headline?: string;
  rest?: string;
  is_unfinished?: boolean;
  book?: string | null;
  others?: number;
  fixable?: number;
  tiles?: { count: number; label: string; kind: string }[];
}

export interface AccountRow {
  name: string;
  title: string;
  note: string;
  host: string;
  app_id: string;
  account_id: string;
  production: boolean;
  in_use: boolean;
}

export interface AccountsData {
  accounts: AccountRow[];
  practice_in_use: boolean;
  chip: { title: string; practice: boolean };
}

export interface VerifiedRow {
  row: number | null;
  name: string;
  group: string;
  label: string;
  kind: string;
  campaign_id: string | null;
  message: string;
  changes: ChangeRow[];
}
