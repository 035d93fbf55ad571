import type { Database, Db } from "../../src/db/client.ts";
import type { Sql } from "../../src/db/sql.ts";
import type { Statements } from "../../src/db/statements.ts";

/** Called before each statement, which waits for the answer. Prisma Client's statements are not passed. */
export type Before = (statement?: Sql) => unknown;

/** The database with `before` called ahead of each statement outside transactions. */
export function watched(db: Database, before: Before): Db {
  const watch = (statements: Statements): Statements => ({
    async rows(declared, statement) {
      await before(statement);
      return statements.rows(declared, statement);
    },
    async run(statement) {
      await before(statement);
      return statements.run(statement);
    },
  });
  return {
    ...db,
    ...watch(db),
    hot: (name) => watch(db.hot(name)),
    orm: db.orm.$extends({
      query: {
        async $allOperations({ args, query }) {
          await before();
          return query(args);
        },
      },
    }) as unknown as Db["orm"],
  };
}
