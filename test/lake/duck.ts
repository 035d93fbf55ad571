import { DuckDBInstance } from "@duckdb/node-api";

/** Answers statements about the files of a folder, which has a lake in it. */
export interface LakeReader {
  ask(statement: string): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** Opens DuckDB as a person would who starts it in the folder. */
export async function readFolder(folder: string): Promise<LakeReader> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`set file_search_path = '${folder}'`);
  return {
    ask: async (statement) => (await connection.runAndReadAll(statement)).getRowObjectsJson(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
