package io.github.camelgitpod.transform;

import org.apache.camel.spi.DataType;

/** Refuses what a form is not for, in words. */
record ItemCheck(DataType type, Form form) {

    /** A body that is no list. */
    Object body(Object body) {
        return check(body, "the body is ");
    }

    /** One of a list or listing. */
    Object item(Object item) {
        return check(item, "one of the body's items is ");
    }

    private Object check(Object what, String prefix) {
        if (!form.takes(what)) {
            throw new IllegalArgumentException("The data type " + type + " is not for this message: " + prefix
                    + (what == null ? "null" : "a " + what.getClass().getName()) + "; allowed: " + form.taken());
        }
        return what;
    }
}
