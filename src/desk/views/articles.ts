import { html } from 'hono/html';
import { countNoun } from '../../core/count.ts';
import { articlePath, filePath, ROOT, topicPath } from '../paths.ts';
import { type DeskArticle, type DeskContent, type DeskTopic, uncovered } from '../read-desk.ts';
import { listFaults } from './faults.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

/** All articles with their topics and states. */
export function composeArticles({ articles, faults }: DeskContent): Html {
  return html`<h1>Articles</h1>
    ${articles.length === 0 ? html`<p>There is no article yet. To make one from a text, run <code>npx briefing import FILE</code>.</p>` : NOTHING}
    ${articles.every(({ topics }) => topics.every(({ state }) => state === 'draft')) && articles.length > 0 ? html`<p class="notice">Nothing is published yet, so the bot answers nobody. Open a topic, word its claims, then publish it and its article.</p>` : NOTHING}
    ${listFaults(faults, 'Faults of the content folder')}
    ${articles.map(
      (article) => html`<section class="card">
        <h2><a href="${articlePath(article.slug)}">${article.title}</a> ${tag(article.state)}</h2>
        <p class="quiet">${describeArticle(article)}</p>
        ${topicList(article)}
      </section>`,
    )}`;
}

/** One article: its topics, and what can be done with it. */
export function composeArticle(article: DeskArticle, token: string, now: string | undefined): Html {
  const { slug } = article;
  const missing = uncovered(article);
  return html`<p class="path"><a href="${ROOT}">Articles</a></p>
    <h1>${article.title} ${tag(article.state)}</h1>
    ${composeChange(now, article)}
    <p class="quiet">${describeArticle(article)}</p>
    <p class="actions">
      <a class="button" href="${filePath(slug, 'record')}">Edit the record</a>
      <a class="button" href="${articlePath(slug)}/notes">Shared notes</a>
    </p>
    ${listFaults(article.faults, 'Faults of the article', (fault) => filePath(slug, fault.file.endsWith('notes.md') ? 'notes' : 'record'))}
    <section class="card"><h2>Topics</h2>${topicList(article)}
      ${missing.length > 0 ? html`<p>No claim cites ${countNoun(missing.length, 'paragraph')} yet: ${missing.join(', ')}.</p>` : NOTHING}
    </section>
    <section class="card">
      <h2>${article.state === 'draft' ? 'Publish' : 'Take back'}</h2>
      ${stateForm(`${articlePath(slug)}/state`, article.state, token, 'article')}
    </section>
    <section class="card">
      <h2>New topic</h2>
      <form method="post" action="${articlePath(slug)}/topics">
        ${csrf(token)}
        <label for="new-topic">Its command, in lower-case letters, digits and hyphens</label>
        <input id="new-topic" name="slug" required maxlength="31" pattern="[a-z0-9]+(-[a-z0-9]+)*" autocomplete="off">
        <button>Begin a draft</button>
      </form>
    </section>`;
}

/** The button that publishes something, or makes it a draft again. */
export function stateForm(action: string, state: 'draft' | 'live', token: string, what: 'article' | 'topic'): Html {
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
  const drafts = (topic ? [topic] : article.topics).filter(({ state }) => state === 'draft').length;
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

export function tag(state: 'draft' | 'live'): Html {
  return html`<span class="tag ${state}">${state}</span>`;
}

function describeTopic({ claims, unworded }: DeskTopic): string {
  return `${countNoun(claims, 'claim')}${unworded > 0 ? `, ${unworded} to be worded` : ''}`;
}

function describeArticle(article: DeskArticle): string {
  const missing = uncovered(article).length;
  const total = article.paragraphs.length;
  const faults = article.faults.length + article.topics.reduce((sum, topic) => sum + topic.faults.length, 0);
  return [
    countNoun(article.topics.length, 'topic'),
    `${total - missing} of ${countNoun(total, 'paragraph')} covered`,
    faults === 0 ? 'no faults' : countNoun(faults, 'fault'),
  ].join(' · ');
}
