import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { OfThread, ReplyToThread, StartThread } from "#lib/reviews/input.ts";
import { holdChange } from "#lib/reviews/load.ts";
import type { Anchor, ChangeRequest } from "#lib/reviews/model.ts";
import { assertMayForSome } from "#lib/reviews/rules.ts";
import { insertComment, insertThreads, settleThread } from "#lib/reviews/store-reviews.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";

export const startThread = command(
  {
    name: "change.comment",
    may: "change:comment",
    on: "anywhere",
    input: StartThread,
    summary: "Start a conversation on a request, a parameter or a line",
    http: { method: "POST", path: "/changes/{number}/threads" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await holdChange(tx, input.number, actor);
    assertMayForSome(actor, "change:comment", request);
    const comment = { authorId: actor.id, authorName: actor.name, body: input.body, reviewId: null };
    const [threadId = ""] = await insertThreads(tx, request, [{ anchor: input.anchor, comment }], now);
    const text = `${actor.name} commented on ${placeInWords(input.anchor)} ${changeInWords(request)}`;
    return {
      result: { threadId },
      audit: [
        changeLine(request, {
          action: "thread.started",
          subject: { type: "thread", id: threadId },
          summary: text,
          detail: { thread: threadId, anchor: input.anchor, body: input.body },
        }),
      ],
      notify: noticeTo(request.contributors, { request, actorId: actor.id, kind: "change.commented", text }),
    };
  },
);

export const replyToThread = command(
  {
    name: "change.reply",
    may: "change:comment",
    on: "anywhere",
    input: ReplyToThread,
    summary: "Answer in a conversation",
    http: { method: "POST", path: "/changes/{number}/threads/{threadId}/replies" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await holdChange(tx, input.number, actor);
    assertMayForSome(actor, "change:comment", request);
    const thread = await loadThread(tx, request, input.threadId);
    const comment = {
      threadId: thread.id,
      authorId: actor.id,
      authorName: actor.name,
      body: input.body,
      reviewId: null,
    };
    const commentId = await insertComment(tx, comment, now);
    const text = `${actor.name} answered on ${changeInWords(request)}`;
    const people = [...request.contributors, ...thread.comments.map((one) => one.authorId)];
    return {
      result: { threadId: thread.id, commentId },
      audit: [
        changeLine(request, {
          action: "thread.replied",
          subject: { type: "thread", id: thread.id },
          summary: text,
          detail: { thread: thread.id, body: input.body },
        }),
      ],
      notify: noticeTo(people, { request, actorId: actor.id, kind: "change.commented", text }),
    };
  },
);

export const resolveThread = command(
  {
    name: "change.resolveThread",
    may: "change:comment",
    on: "anywhere",
    input: OfThread,
    summary: "Mark a conversation as resolved",
    http: { method: "PUT", path: "/changes/{number}/threads/{threadId}/resolution" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await holdChange(tx, input.number, actor);
    assertMayForSome(actor, "change:comment", request);
    const thread = await loadThread(tx, request, input.threadId);
    await settleThread(tx, thread, { at: now, by: actor.name });
    return {
      result: { threadId: thread.id },
      audit: [
        changeLine(request, {
          action: "thread.resolved",
          subject: { type: "thread", id: thread.id },
          summary: `${actor.name} resolved a conversation on ${changeInWords(request)}`,
          detail: { thread: thread.id },
        }),
      ],
    };
  },
);

export const reopenThread = command(
  {
    name: "change.reopenThread",
    may: "change:comment",
    on: "anywhere",
    input: OfThread,
    summary: "Open a resolved conversation again",
    http: { method: "DELETE", path: "/changes/{number}/threads/{threadId}/resolution" },
  },
  async ({ tx, actor, input }) => {
    const request = await holdChange(tx, input.number, actor);
    assertMayForSome(actor, "change:comment", request);
    const thread = await loadThread(tx, request, input.threadId);
    await settleThread(tx, thread, null);
    return {
      result: { threadId: thread.id },
      audit: [
        changeLine(request, {
          action: "thread.reopened",
          subject: { type: "thread", id: thread.id },
          summary: `${actor.name} opened a conversation on ${changeInWords(request)} again`,
          detail: { thread: thread.id },
        }),
      ],
    };
  },
);

async function loadThread(tx: Tx, request: ChangeRequest, threadId: string) {
  const thread = await tx.thread.findFirst({
    where: { id: threadId, changeRequestId: request.id },
    include: { comments: { select: { authorId: true } } },
  });
  if (!thread) throw new Refusal("not_found", "There is no such conversation on this change");
  return thread;
}

function placeInWords(anchor: Anchor): string {
  switch (anchor.type) {
    case "request":
      return "";
    case "parameter":
      return `${anchor.bundle}${anchor.pointer} of`;
    case "line":
      return `${anchor.bundle} ${anchor.layer}, line ${anchor.line}, of`;
  }
}
