// Write the same workbook with SheetJS and exceljs: node write.mjs ROWS.json FOLDER
// The two packages are installed by hand in some folder: npm install xlsx exceljs; NODE_PATH names its node_modules.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.env.NODE_PATH}/index.js`);
const XLSX = require("xlsx");
const ExcelJS = require("exceljs");

const [, , source, folder] = process.argv;
const sheets = JSON.parse(readFileSync(source, "utf8"));

const book = XLSX.utils.book_new();
for (const [name, rows] of Object.entries(sheets)) {
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), name);
}
XLSX.writeFile(book, `${folder}/sheetjs.xlsx`);

const other = new ExcelJS.Workbook();
for (const [name, rows] of Object.entries(sheets)) {
  other.addWorksheet(name).addRows(rows);
}
await other.xlsx.writeFile(`${folder}/exceljs.xlsx`);
