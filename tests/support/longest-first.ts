// The order of test files: those that take longest begin first, so that no worker is left alone with one at the end.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Measured; whatever is not here takes less. */
const LONGEST = [
  "journeys/roles.test.ts",
  "tests/access-without-policies.test.ts",
  "tests/import-command.test.ts",
  "tests/embedded-server.test.ts",
  "journeys/roster-walk.test.ts",
  "journeys/library-submissions.test.ts",
  "journeys/library-copy.test.ts",
  "tests/library-static-site.test.ts",
  "tests/library-transfer-hostile.test.ts",
  "tests/kill.test.ts",
  "tests/import-program.test.ts",
  "tests/library-torture.test.ts",
  "tests/fuzz.test.ts",
  "journeys/first-visit-walk.test.ts",
  "tests/access.test.ts",
  "methods/disclosure.attack.test.ts",
  "journeys/library.test.ts",
  "journeys/library-evidence.test.ts",
  "tests/report-links.test.ts",
  "journeys/publishing-walk.test.ts",
  "journeys/sign-in-walk.test.ts",
];

const place = ({ moduleId }: TestSpecification): number => {
  const found = LONGEST.findIndex((name) => moduleId.endsWith(name));
  return found < 0 ? LONGEST.length : found;
};

export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => place(one) - place(other)));
  }
}
