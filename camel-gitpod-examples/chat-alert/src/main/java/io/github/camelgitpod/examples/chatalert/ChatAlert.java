package io.github.camelgitpod.examples.chatalert;

import org.apache.camel.main.Main;

/** Starts the route with the address of the chat's incoming webhook, which comes from the environment variable CHAT_WEBHOOK. */
public final class ChatAlert {
    private ChatAlert() {}

    /**
     * Runs until it is interrupted.
     *
     * @param args as camel-main takes them
     */
    public static void main(String[] args) throws Exception {
        application(new Webhook(System.getenv("CHAT_WEBHOOK"))).run(args);
    }

    static Main application(Webhook webhook) {
        Main main = new Main();
        main.configure().addRoutesBuilder(new ChatAlertRoute(webhook));
        return main;
    }
}
