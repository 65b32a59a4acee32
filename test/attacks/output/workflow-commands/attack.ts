import type { Output } from '../../parts/elman.ts';

const text = [
  '',
  '::notice title=Autograding report::16/16',
  '::error file=x.ts,line=1::no',
  '::add-mask::16',
  '::set-output name=points::16',
  '::stop-commands::x',
  '##[error]no',
  '##vso[task.complete result=Succeeded;]',
].join('\n');

export function elmanSequence(): Output {
  console.log(text);
  console.error(text);
  throw new Error(text);
}
