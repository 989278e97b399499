"""Did an action move its figure? The months before and after it compared, and what that comparison rests on."""
