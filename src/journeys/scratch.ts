/** The columns of a table, which are used for one partition after the other: to make them takes longer than to fill them. */
export class Scratch {
  private readonly columns = new Map<string, Float64Array>();

  /** Room for so many rows, with whatever stood there before. */
  column(name: string, rows: number): Float64Array {
    const known = this.columns.get(name);
    if (known && known.length >= rows) return known.subarray(0, rows);
    const column = new Float64Array(rows * 2);
    this.columns.set(name, column);
    return column.subarray(0, rows);
  }
}
