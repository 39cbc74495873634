package org.lapse.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/**
 * Fingers on the screen of a page. The browser takes them for real: it scrolls under them, and trusts the events that
 * it makes of them.
 */
final class Fingers {
    private final CDPSession browser;

    Fingers(Page page) {
        browser = page.context().newCDPSession(page);
    }

    /** Where fingers are on the screen, in CSS pixels. */
    record Place(int x, int y) {}

    /** Puts one more finger down; those that are down already are named first. */
    void down(Place... places) {
        send("touchStart", places);
    }

    /** Moves them. */
    void move(Place... places) {
        send("touchMove", places);
    }

    /** Lifts them all. */
    void up() {
        send("touchEnd");
    }

    private void send(String type, Place... places) {
        JsonArray points = new JsonArray();
        for (int i = 0; i < places.length; i++) {
            JsonObject point = new JsonObject();
            point.addProperty("id", i);
            point.addProperty("x", places[i].x);
            point.addProperty("y", places[i].y);
            points.add(point);
        }
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        browser.send("Input.dispatchTouchEvent", event);
    }
}
