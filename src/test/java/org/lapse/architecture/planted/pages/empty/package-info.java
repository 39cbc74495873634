package org.lapse.architecture.planted.pages.empty;
