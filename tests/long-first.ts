import { matchesGlob, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, longest first. Vitest learns this from a first run; a fresh clone has had none. */
const LONG: readonly string[] = [
  'tests/desk/browser.test.ts',
  'tests/search/answers.test.ts',
  'tests/{desk/desk,cli/program,adapters/web/page,app/contained,regular-expressions,import/import}.test.ts',
  'tests/adapters/slack/faults.test.ts',
  'tests/digest/{kill,deliver}.test.ts',
  'tests/store/copy-store.test.ts',
];

/** Starts the longest files of each project first, so that no worker is left alone with one at the end. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId, project }: TestSpecification) => {
      const file = relative(project.config.root, moduleId);
      const at = LONG.findIndex((glob) => matchesGlob(file, glob));
      return at < 0 ? LONG.length : at;
    };
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((project) =>
      sorted.filter((one) => one.project === project).sort((a, b) => rank(a) - rank(b)),
    );
  }
}
