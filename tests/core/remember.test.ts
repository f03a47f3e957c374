import { expect, it } from 'vitest';
import { createQuestion } from '../../src/core/question.ts';
import { rememberRendering } from '../../src/core/remember.ts';
import { createReply } from '../../src/core/reply.ts';

const replyOf = (title: string) => createReply(createQuestion('help'), { outcome: 'listed', title, byline: '' });

it('renders each reply once for each set of options', () => {
  const rendered: string[] = [];
  const render = rememberRendering(({ title }, { size = 1 }: { size?: number }) => {
    rendered.push(`${title} ${size}`);
    return { title, size };
  });
  const [one, other] = [replyOf('one'), replyOf('other')];
  expect(render(one)).toBe(render(one, {}));
  expect(render(one, { size: 2 })).toEqual({ title: 'one', size: 2 });
  expect(render(other)).toEqual({ title: 'other', size: 1 });
  for (let size = 3; size < 40; size += 1) expect(render(one, { size })).toEqual({ title: 'one', size });
  expect(render(one, { size: 2 })).toEqual({ title: 'one', size: 2 });
  expect(rendered.slice(0, 3)).toEqual(['one 1', 'one 2', 'other 1']);
});
