// Runs in front of every `*.db.test.ts`, before its imports: whatever reads the environment finds this file's database.
import { afterAll } from "vitest";
import { createTestDatabase, dropTestDatabase } from "./database.ts";

const { ownerUrl, appUrl } = await createTestDatabase();
process.env.DATABASE_URL = ownerUrl;
process.env.PLUMBLINE_DATABASE_URL = appUrl;
process.env.NEXTAUTH_SECRET ??= "a secret of the tests, and of nothing else";

afterAll(dropTestDatabase);
