import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import { TEXT_LIMITS } from '../../content/limits.ts';
import { countNoun } from '../../core/count.ts';
import { locateFault } from '../locate-fault.ts';
import { articlePath, ROOT, recordPath, topicPath } from '../paths.ts';
import { type DeskArticle, type DeskContent, type DeskTopic, uncovered } from '../read-desk.ts';
import { listFaults } from './faults.ts';
import { problemLine } from './fields.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

/** All articles with their topics and states. */
export function composeArticles(content: DeskContent): Html {
  const { articles, faults } = content;
  return html`<h1>Articles</h1>
    ${composeStale(content)}
    ${articles.length === 0 ? html`<p>There is no article yet.</p>` : NOTHING}
    ${articles.every(({ topics }) => topics.every(({ state }) => state !== 'live')) && articles.length > 0 ? html`<p class="notice">Nothing is published yet, so the bot answers nobody. Open a topic, word its claims, then publish it and its article.</p>` : NOTHING}
    <p class="actions"><a class="button" href="${ROOT}/bring">Bring an article</a></p>
    ${listFaults(
      faults.filter(({ code }) => code !== 'no-article'),
      'Faults of the content folder',
    )}
    ${articles.map(
      (article) => html`<section class="card">
        <h2><a href="${articlePath(article.slug)}">${article.title}</a> ${tag(article.state)}</h2>
        <p class="quiet">${describeArticle(article)}</p>
        ${topicList(article)}
      </section>`,
    )}`;
}

/** What an article's page is made from. */
export interface ArticleParts {
  readonly article: DeskArticle;
  readonly content: DeskContent;
  readonly token: string;
  /** The state that it was just given. */
  readonly now: string | undefined;
  /** What stands in the way of publishing it with all its topics, each with where it is mended. */
  readonly inTheWay: readonly { readonly fault: Fault; readonly href: string }[];
  /** A new topic that was refused, and why. */
  readonly refused?: { readonly slug: string; readonly title: string; readonly problem: string } | undefined;
  /** How it has just been brought. */
  readonly imported?: string | undefined;
}

/** What an import came to, by what its address says. */
const IMPORTED: Readonly<Record<string, string>> = {
  '1': 'The article is here as a draft. Look through its paragraphs first, and at what was set apart below them.',
  guessed:
    'The article is here as a draft. A PDF doesn’t say where its paragraphs begin: compare them with the article before you word a claim.',
};

/** One article: its topics, and what can be done with it. */
export function composeArticle(parts: ArticleParts): Html {
  const { article, content, token, now, inTheWay, refused, imported } = parts;
  const { slug } = article;
  const missing = uncovered(article);
  const placeOf = new Map(inTheWay.map(({ fault, href }) => [fault, href]));
  return html`<p class="path"><a href="${ROOT}">Articles</a></p>
    <h1>${article.title} ${tag(article.state)}</h1>
    ${composeChange(now, article)}
    ${IMPORTED[imported ?? ''] ? html`<p class="saved" role="status">${IMPORTED[imported ?? '']}</p>` : NOTHING}
    ${composeStale(content)}
    <p class="quiet">${describeArticle(article)}</p>
    <p class="actions">
      <a class="button" href="${recordPath(slug)}">The record</a>
      <a class="button" href="${articlePath(slug)}/notes">Shared notes</a>
    </p>
    ${listFaults(article.faults, 'Faults of the article', (fault) => locateFault(article.folder, fault))}
    <section class="card"><h2>Topics</h2>${topicList(article)}
      ${missing.length > 0 ? html`<p>${countNoun(missing.length, 'paragraph')} without a worded claim: ${missing.join(', ')}.</p>` : NOTHING}
    </section>
    ${
      inTheWay.length > 0
        ? listFaults(
            inTheWay.map(({ fault }) => fault),
            'Still in the way of publishing it',
            (fault) => placeOf.get(fault) ?? articlePath(slug),
          )
        : article.state === 'draft'
          ? html`<p class="notice good">Nothing is in the way of publishing it with all its topics.</p>`
          : NOTHING
    }
    <section class="card">
      <h2>${article.state === 'draft' ? 'Publish' : 'Take back'}</h2>
      ${stateForm(`${articlePath(slug)}/state`, article.state, token, 'article')}
    </section>
    <section class="card">
      <h2>New topic</h2>
      <form method="post" action="${articlePath(slug)}/topics">
        ${csrf(token)}
        ${problemLine(refused?.problem)}
        <label for="new-title">Title</label>
        <input id="new-title" name="title" value="${refused?.title ?? ''}" required maxlength="${TEXT_LIMITS.title}" autocomplete="off">
        <label for="new-topic">Its command, by which people call it up</label>
        <p class="hint" id="hint-command">in lower-case letters, digits and hyphens, such as night-trams</p>
        <input id="new-topic" name="slug" value="${refused?.slug ?? ''}" required maxlength="${TEXT_LIMITS.slug}" pattern="[a-z0-9]+(-[a-z0-9]+)*" title="Lower-case letters, digits and hyphens, such as night-trams" aria-describedby="hint-command" autocomplete="off">
        <button>Begin a draft</button>
      </form>
    </section>`;
}

/** The button that publishes something, or makes it a draft again. */
export function stateForm(action: string, state: DeskTopic['state'], token: string, what: 'article' | 'topic'): Html {
  return html`<form method="post" action="${action}" class="inline">
    ${csrf(token)}
    ${
      state === 'draft'
        ? html`<input type="hidden" name="state" value="live">
      ${what === 'article' ? html`<label class="check"><input type="checkbox" name="topics" value="all"> with all its topics</label>` : NOTHING}
      <button class="primary">Publish this ${what}</button>`
        : html`<input type="hidden" name="state" value="draft"><button>Make this ${what} a draft again</button>`
    }
  </form>`;
}

/**
 * What publishing came to, or taking back; nothing if neither has just happened. `now` is the state that was asked for: what
 * readers see of it depends on the article and its topics.
 */
export function composeChange(now: string | undefined, article: DeskArticle, topic?: DeskTopic): Html {
  if (now !== 'live' && now !== 'draft') return NOTHING;
  return html`<p class="saved" role="status">${wordChange(now, article, topic)}</p>`;
}

function wordChange(now: 'live' | 'draft', article: DeskArticle, topic: DeskTopic | undefined): string {
  if (now === 'draft') return 'A draft: readers don’t see it.';
  if (article.state === 'draft') return 'Ready: readers see it once the article is published.';
  const drafts = (topic ? [topic] : article.topics).filter(({ state }) => state !== 'live').length;
  if (drafts === 0) return 'Published: readers see it now.';
  if (drafts === article.topics.length)
    return 'Published, but all its topics are drafts: readers see nothing of it yet.';
  return `Published: readers see it now, but ${countNoun(drafts, 'topic')} of it ${drafts === 1 ? 'is still a draft' : 'are still drafts'}.`;
}

function topicList({ slug, topics }: DeskArticle): Html {
  return html`<ul class="topics">${topics.map(
    (topic) => html`<li>
      <a href="${topicPath(slug, topic.slug)}">${topic.title}</a> <code>/${topic.slug}</code> ${tag(topic.state)}
      <span class="quiet">${describeTopic(topic)}</span>
      ${topic.faults.length > 0 ? html`<span class="tag bad">${countNoun(topic.faults.length, 'fault')}</span>` : NOTHING}
      ${topic.due > 0 ? html`<span class="tag due">${topic.due} due for review</span>` : NOTHING}
    </li>`,
  )}</ul>`;
}

/** What readers get while the files hold faults: the bot keeps the last content that it could read. */
export function composeStale({ live, articles }: DeskContent): Html {
  const isLive = articles.some(({ topics }) => topics.some(({ state }) => state === 'live'));
  if (live || !isLive) return NOTHING;
  return html`<p class="notice" role="status">What is live has faults, so the bot can’t read it: readers still get what it read before, and nothing once it is started again. Mend the faults, or make the topic a draft.</p>`;
}

export function tag(state: DeskTopic['state']): Html {
  return html`<span class="tag ${state}">${state}</span>`;
}

function describeTopic({ claims, unworded }: DeskTopic): string {
  return `${countNoun(claims, 'claim')}${unworded > 0 ? `, ${unworded} to be worded` : ''}`;
}

function describeArticle(article: DeskArticle): string {
  const missing = uncovered(article).length;
  const total = article.paragraphs.length;
  const cited = article.paragraphs.filter((one) => article.cited.has(String(one))).length;
  const worded = total - missing;
  const faults = article.faults.length + article.topics.reduce((sum, topic) => sum + topic.faults.length, 0);
  return [
    countNoun(article.topics.length, 'topic'),
    `${worded} of ${countNoun(total, 'paragraph')} worded${cited > worded ? `, ${cited - worded} prepared` : ''}`,
    faults === 0 ? 'no faults' : countNoun(faults, 'fault'),
  ].join(' · ');
}
