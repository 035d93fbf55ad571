import { migrate } from "../../../src/db/migrate.ts";

// A process of its own that migrates the database it is told, and says what it applied.
process.stdout.write(JSON.stringify(await migrate(process.argv[2]!)));
