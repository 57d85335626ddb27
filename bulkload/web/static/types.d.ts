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
