package org.lapse.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Callers who all come at the same moment. */
final class Crowd {
    private Crowd() {}

    /** Makes these calls at once; their answers are in the same order. */
    static List<Answer> atOnce(List<Call> calls) {
        CountDownLatch all = new CountDownLatch(calls.size());
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (Call call : calls) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            answers.add(answer);
            new Thread(() -> {
                        all.countDown();
                        try {
                            all.await();
                            answer.complete(call.make());
                        } catch (InterruptedException | RuntimeException e) {
                            answer.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** A call that one of them makes. */
    interface Call {
        Answer make();
    }
}
