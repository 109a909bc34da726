#!/usr/bin/env python3
"""Judges the logs of a test run: usage judge-tests.py FOLDER, which holds one .trx file a test project.

Exit 1 when a test failed, when something was skipped that could have run, or when next to nothing ran. The machine that
runs this may be shared, and some tests wait for processes and sockets: up to three failed tests are run once more,
alone. One that passes then is named as unstable, which is for a person to look at; one that fails again fails the run.
"""
import glob
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

NAMES = {'t': 'http://microsoft.com/schemas/VisualStudio/TeamTest/2010'}
TRIED_AGAIN = 3


def run_again(library, method):
    print(f'once more, alone: {method}', flush=True)
    return subprocess.run(['dotnet', 'test', library, '--filter', f'FullyQualifiedName~{method}']).returncode == 0


def main(folder):
    captures = os.environ.get('QUOTER_CAPTURES') or os.path.join('..', 'shared', 'captures')
    passed = 0
    failed = {}
    skipped = []
    logs = glob.glob(os.path.join(folder, '*.trx'))
    for log in logs:
        root = tree.parse(log).getroot()
        methods = {}
        for test in root.iterfind('.//t:UnitTest', NAMES):
            method = test.find('t:TestMethod', NAMES)
            name = re.sub(r'\(.*', '', method.get('name'), flags=re.DOTALL)
            methods[test.get('id')] = (method.get('codeBase'), f"{method.get('className')}.{name}")
        for result in root.iterfind('.//t:UnitTestResult', NAMES):
            outcome = result.get('outcome')
            text = result.find('.//t:Message', NAMES)
            reason = (text.text if text is not None else '') or ''
            if outcome == 'Passed':
                passed += 1
            elif outcome == 'NotExecuted':
                skipped.append((result.get('testName'), reason))
            else:
                failed.setdefault(methods[result.get('testId')], []).append(
                    f"{result.get('testName')}: {reason.strip()[:400]}")

    wrong = []
    projects = len(glob.glob(os.path.join('tests', '*.Tests')))
    if len(logs) != projects:
        wrong.append(f'{len(logs)} test projects reported, there are {projects}')
    if passed < 1000:
        wrong.append(f'only {passed} tests ran')
    for name, reason in skipped:
        expected = 'no captures at' in reason and not os.path.isdir(captures)
        known = ('this machine has cores enough', 'this processor has no vectors')
        if not (expected or 'explicit' in reason.lower() or any(text in reason for text in known)):
            wrong.append(f'skipped: {name}: {reason.strip()[:200]}')

    unstable = []
    for (library, method), reasons in failed.items():
        print('failed: ' + '\n        '.join(reasons))
        if len(failed) <= TRIED_AGAIN and library and run_again(library, method):
            unstable.append(method)
        else:
            wrong.append(f'failed: {method}')

    for method in unstable:
        print(f'unstable: {method} failed once and passed alone')
    for line in wrong:
        print(line)
    print(f'{passed} passed, {len(failed)} failed, {len(unstable)} of them unstable, {len(skipped)} skipped')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
